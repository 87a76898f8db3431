// SPDX-License-Identifier: MIT
using System.Security.Cryptography;
using AudioMesh.Clock;

namespace AudioMesh.Network.Registry;

/// <summary>A service of this host, until disposed. Any thread.</summary>
public sealed class RegisteredService : IDisposable
{
    private readonly ServiceRegistry _registry;

    internal RegisteredService(ServiceRegistry registry, ServiceAnnouncement announcement, string key, MeshTime hostNow) =>
        (_registry, Announcement, Key, Reported) = (registry, announcement, key, hostNow);

    /// <summary>What was announced.</summary>
    public ServiceAnnouncement Announcement { get; private set; }

    internal string Key { get; }

    /// <summary>Of this run of it, and of no other anywhere.</summary>
    internal string Id { get; } = Convert.ToHexString(RandomNumberGenerator.GetBytes(11));

    internal DateTime Since { get; } = DateTime.UtcNow;

    internal MeshTime Reported { get; private set; }

    internal ServiceHealth Health { get; private set; } = ServiceHealth.Ok;

    internal string Note { get; private set; } = "";

    /// <summary>Says how it is. Throws InvalidArgument for <see cref="ServiceHealth.Silent"/>, and what the bus throws.</summary>
    public void Report(ServiceHealth health, string note = "")
    {
        ServiceRegistry.Require(health is ServiceHealth.Ok or ServiceHealth.Degraded or ServiceHealth.Failing, "health", "ok, degraded or failing");
        ServiceRegistry.Require(note.Length <= ServiceJson.MostText, "note", $"up to {ServiceJson.MostText} characters");
        _registry.Report(this, health, note);
    }

    /// <summary>Says other things of it; type and name stay. Throws as <see cref="ServiceRegistry.Register"/>.</summary>
    public void Update(int port, IReadOnlyDictionary<string, string> properties)
    {
        ServiceAnnouncement changed = Announcement with { Port = port, Properties = properties };
        ServiceRegistry.Check(changed);
        Announcement = changed;
        _registry.Put(this);
    }

    /// <summary>Withdraws it.</summary>
    public void Dispose() => _registry.Withdraw(this);

    internal void Set(ServiceHealth health, string note, MeshTime reported) => (Health, Note, Reported) = (health, note, reported);
}
