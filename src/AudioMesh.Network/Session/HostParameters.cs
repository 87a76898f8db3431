// SPDX-License-Identifier: MIT
using AudioMesh.Graph;
using AudioMesh.Network.Time;

namespace AudioMesh.Network.Session;

/// <summary>What nodes of a session are asked for and tell about their host.</summary>
internal static class HostParameters
{
    public static IReadOnlyList<ParameterDescriptor> All { get; } =
    [
        new("name", ParameterKind.Text, "What others know this host by."),
        new("session", ParameterKind.Text, "The session's name."),
        Text("key_file", "A file of 32 random bytes that all members have."),
        Text("passphrase_file", "A file with the passphrase that all members know, instead."),
        Text("listen", "Where this host is heard, ADDRESS:PORT; 127.0.0.1:50505 where empty. Nothing beyond this machine without an address of the network."),
        Text("contacts", "Other members or a hub, HOST:PORT, separated by commas."),
        Text("group", "A multicast group on which members find each other, ADDRESS:PORT; empty for none."),
        new("address", ParameterKind.Text, "Where it is heard, with the port it got.") { IsReadOnly = true },
        new("peers", ParameterKind.Integer, "Members that are there.") { IsReadOnly = true },
        new("mesh_state", ParameterKind.Text, "Where mesh time is from: local, acquiring, locked, holdover.") { IsReadOnly = true },
        new("mesh_bound", ParameterKind.Number, "How far it is from the reference's at most.") { IsReadOnly = true, Unit = "us" },
        new("dropped_datagrams", ParameterKind.Integer, "Datagrams that were not heard: of others, forged, repeated, damaged.") { IsReadOnly = true },
    ];

    public static ToastSettings Read(NodeArguments arguments) => new()
    {
        Name = arguments.Text("name"),
        Session = arguments.Text("session"),
        KeyFile = arguments.Text("key_file"),
        PassphraseFile = arguments.Text("passphrase_file"),
        Listen = arguments.Text("listen"),
        Contacts = arguments.Text("contacts"),
        Group = arguments.Text("group"),
    };

    public static ParameterValue? Get(string parameter, ToastSettings settings, ToastHost host) => parameter switch
    {
        "name" => settings.Name,
        "session" => settings.Session,
        "key_file" => settings.KeyFile,
        "passphrase_file" => settings.PassphraseFile,
        "listen" => settings.Listen,
        "contacts" => settings.Contacts,
        "group" => settings.Group,
        "address" => host.Port.LocalAddress.ToString(),
        "peers" => host.Session.Peers.Count(peer => peer.IsProven && !peer.IsLost),
        "mesh_state" => host.Session.Timebase.State switch
        {
            TimebaseState.Local => "local",
            TimebaseState.Acquiring => "acquiring",
            TimebaseState.Locked => "locked",
            _ => "holdover",
        },
        "mesh_bound" => host.Session.Timebase.ErrorNsAt(Clock.MeshClock.Now) / 1000,
        "dropped_datagrams" => host.Session.Drops.Total,
        _ => null,
    };

    private static ParameterDescriptor Text(string name, string description) => new(name, ParameterKind.Text, description) { Default = "" };
}
