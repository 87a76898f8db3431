// SPDX-License-Identifier: MIT
using System.Globalization;

namespace AudioMesh.Network.Tests.Namespaces;

/// <summary>
/// Hosts of their own on this machine: Linux network namespaces, joined by veth pairs, with addresses that exist only inside them. Their names begin with a prefix and the
/// number of this process, and whatever a process that is no more left behind is removed before new ones are made.
/// </summary>
internal sealed class NamespaceNetwork : IDisposable
{
    private const string Prefix = "amtest-";

    private readonly List<NamespaceHost> _hosts = [];
    private int _links;

    private NamespaceNetwork()
    {
    }

    /// <summary>Ignores the running test, with the reason, where this system does not allow namespaces.</summary>
    public static NamespaceNetwork CreateOrIgnore()
    {
        if (!OperatingSystem.IsLinux())
        {
            Assert.Ignore("network namespaces are Linux's");
        }

        if (!IpCommand.IsThere)
        {
            Assert.Ignore("the command ip is not installed (Debian: iproute2)");
        }

        RemoveAbandoned();
        NamespaceNetwork network = new();
        if (network.TryAddHost("probe") is { } reason)
        {
            network.Dispose();
            Assert.Ignore($"network namespaces are not allowed here: {reason}");
        }

        return network;
    }

    /// <summary>A host with nothing but its own loopback.</summary>
    public NamespaceHost AddHost(string name)
    {
        Assert.That(TryAddHost(name), Is.Null);
        return _hosts[^1];
    }

    /// <summary>Joins two hosts by a cable of their own: <c>10.77.N.1</c> and <c>10.77.N.2</c> of the Nth cable.</summary>
    public (string AddressA, string AddressB) Connect(NamespaceHost a, NamespaceHost b)
    {
        int link = ++_links;
        (string addressA, string addressB) = ($"10.77.{link}.1", $"10.77.{link}.2");
        (string endA, string endB) = ($"am{link}a", $"am{link}b");
        IpCommand.Run("link", "add", endA, "netns", a.Namespace, "type", "veth", "peer", "name", endB, "netns", b.Namespace);
        SetUp(a, endA, addressA);
        SetUp(b, endB, addressB);
        return (addressA, addressB);
    }

    public void Dispose()
    {
        foreach (NamespaceHost host in _hosts)
        {
            IpCommand.TryRun("netns", "delete", host.Namespace);
        }
    }

    private static void SetUp(NamespaceHost host, string end, string address)
    {
        IpCommand.Run("-n", host.Namespace, "address", "add", $"{address}/24", "dev", end);
        IpCommand.Run("-n", host.Namespace, "link", "set", end, "up");
    }

    private string? TryAddHost(string name)
    {
        string space = $"{Prefix}{Environment.ProcessId}-{name}-{_hosts.Count}";
        if (IpCommand.TryRun("netns", "add", space) is { } reason)
        {
            return reason;
        }

        _hosts.Add(new NamespaceHost(name, space));
        return IpCommand.TryRun("-n", space, "link", "set", "lo", "up");
    }

    private static void RemoveAbandoned()
    {
        string folder = NamespaceHost.Folder;
        string[] names = Directory.Exists(folder) ? [.. Directory.GetFiles(folder, $"{Prefix}*").Select(path => Path.GetFileName(path))] : [];
        foreach (string name in names)
        {
            bool isOurs = int.TryParse(name[Prefix.Length..].Split('-')[0], NumberStyles.None, CultureInfo.InvariantCulture, out int process);
            if (isOurs && !Directory.Exists($"/proc/{process}"))
            {
                IpCommand.TryRun("netns", "delete", name);
            }
        }
    }
}
