// SPDX-License-Identifier: MIT
using AudioMesh.Graph;
using AudioMesh.Engine;

namespace AudioMesh.Control.Server;

/// <summary>What a client may do with an engine: by its role, by whose a node is, and by its share. Without a client, as in the engine's own process: everything.</summary>
internal sealed class ClientAccess(ControlClient? client, Func<IReadOnlyList<ControlClient>> clients, Func<int> deviceRate)
{
    /// <summary>Of the program that holds the engine.</summary>
    public static ClientAccess Own { get; } = new(null, () => [], () => 0);

    /// <summary>Its number; 0 in the engine's own process.</summary>
    public int ClientId => client?.Id ?? 0;

    /// <summary>The clients it may know of: admins all, others themselves.</summary>
    public IReadOnlyList<ControlClient> Clients => client is null || IsAdmin ? clients() : [client];

    private bool IsAdmin => client is null || client.Role == ClientRole.Admin;

    /// <summary>Counts a request. Throws Busy.</summary>
    public void Charge(RequestReader request) => client?.Charge(
        request.TryGetRaw("requests", out RequestElement batch) && batch.IsArray ? Math.Max(1, batch.CountItems()) : 1);

    /// <summary>Counts what was no request; answers Busy when even that comes too fast.</summary>
    public AudioMeshException? TryCharge()
    {
        try
        {
            client?.Charge(1);
            return null;
        }
        catch (AudioMeshException busy)
        {
            return busy;
        }
    }

    /// <summary>Throws PermissionDenied for what its role may not.</summary>
    public void RequireCommand(string command)
    {
        ClientRole needed = CommandRoles.Of(command);
        if (client is not null && client.Role < needed)
        {
            throw Denied($"'{command}' is not for clients with role {NameOf(client.Role)}.", "cmd", $"role {NameOf(needed)}");
        }
    }

    /// <summary>Throws PermissionDenied for a node that is not its own to set or destroy.</summary>
    public void RequireChange(GraphNode node, string field)
    {
        if (!IsAdmin && !IsOwn(node))
        {
            throw NotTheirs(node, field);
        }
    }

    /// <summary>Throws PermissionDenied for a connection that is none between its own nodes, or one of them and a public one.</summary>
    public void RequireJoin(GraphNode from, GraphNode to)
    {
        if (IsAdmin)
        {
            return;
        }

        if (!IsOwn(from) && !IsPublic(from))
        {
            throw NotTheirs(from, "from");
        }

        if (!IsOwn(to) && (!IsPublic(to) || !IsOwn(from)))
        {
            throw NotTheirs(to, "to");
        }
    }

    /// <summary>Throws PermissionDenied where a connection from <paramref name="from"/> would let it hear what is not its user's.</summary>
    public void RequireHearing(GraphNode from)
    {
        if (client is not null && client.Role < ClientRole.Record && from.Owner?.User != client.Peer.User)
        {
            throw Denied($"What {from.Type.Name} {from.Id} gives is not for clients with role {NameOf(client.Role)} to hear.", "from", $"role {NameOf(ClientRole.Record)}");
        }
    }

    /// <summary>Whose a node that it makes is.</summary>
    public NodeOwner? OwnerOfNew(bool isPublic) =>
        client is null || (isPublic && IsAdmin) ? null : new NodeOwner(client.Id, client.Peer.User, isPublic);

    /// <summary>Throws PermissionDenied for a node it may not make, QuotaExceeded for one that is more than its share.</summary>
    public void RequireRoom(GraphChange change, NodeType type, IReadOnlyDictionary<string, ParameterValue> arguments, bool isPublic)
    {
        if (client is null)
        {
            return;
        }

        if (!IsAdmin)
        {
            RequireType(client, type, arguments);
        }

        if (OwnerOfNew(isPublic) is not null)
        {
            ClientQuotas quotas = client.Quotas;
            int rate = deviceRate();
            NodeDemand demand = change.Nodes.Where(IsOwn)
                .Aggregate(NodeDemand.Of(type, arguments, rate), (sum, node) => sum + NodeDemand.Of(node, rate));
            Check("nodes", demand.Nodes, quotas.Nodes);
            Check("rings", demand.Rings, quotas.Rings);
            Check("file_sinks", demand.FileSinks, quotas.FileSinks);
            Check("memory_bytes", demand.Bytes, quotas.MemoryBytes);
        }
    }

    /// <summary>Whether everybody may connect to it.</summary>
    public static bool IsPublic(GraphNode node) => node.Owner is not { IsPublic: false };

    /// <summary>The role as the protocol spells it.</summary>
    public static string NameOf(ClientRole role) => role switch
    {
        ClientRole.Read => "read",
        ClientRole.Play => "play",
        ClientRole.Record => "record",
        ClientRole.Admin => "admin",
        _ => "none",
    };

    private static void RequireType(ControlClient client, NodeType type, IReadOnlyDictionary<string, ParameterValue> arguments)
    {
        if (!client.Options.NodeTypes.Contains(type.Name))
        {
            throw Denied($"'{type.Name}' is not for clients with role {NameOf(client.Role)}.", "type", string.Join(", ", client.Options.NodeTypes));
        }

        if (client.Role < ClientRole.Record && client.Options.ListeningTypes.Contains(type.Name))
        {
            throw Denied($"'{type.Name}' is not for clients with role {NameOf(client.Role)}.", "type", $"role {NameOf(ClientRole.Record)}");
        }

        if (arguments.TryGetValue("path", out ParameterValue file) && file.Text is { } path)
        {
            FilePermission.Require(path, client.Options.FileFolders, "args.path");
        }
    }

    private static void Check(string what, long wanted, long allowed)
    {
        if (wanted > allowed)
        {
            throw new AudioMeshException(AudioErrorKind.QuotaExceeded, $"That would be {wanted} {what}; a client may have {allowed}.")
            {
                Field = what,
                Allowed = $"{allowed}",
            };
        }
    }

    // A public node whose client is gone is its user's.
    private bool IsOwn(GraphNode node) => client is not null && node.Owner is { } owner
        && (owner.Client == client.Id || (owner.Client == 0 && owner.User == client.Peer.User));

    private static AudioMeshException NotTheirs(GraphNode node, string field) =>
        Denied($"{node.Type.Name} {node.Id} is not this client's.", field, "nodes of the client's own, and connections between them and public ones");

    private static AudioMeshException Denied(string message, string field, string allowed) =>
        new(AudioErrorKind.PermissionDenied, message) { Field = field, Allowed = allowed };
}
