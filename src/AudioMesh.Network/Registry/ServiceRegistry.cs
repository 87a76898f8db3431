// SPDX-License-Identifier: MIT
using System.Text;
using AudioMesh.Clock;
using AudioMesh.Network.Bus;

namespace AudioMesh.Network.Registry;

/// <summary>
/// What the hosts of a mesh offer: announced by each, with its health, and gone soon after its host is. <see cref="Maintain"/> has to be called about once a second; all members from any thread.
/// The bus has to outlive it.
/// </summary>
public sealed class ServiceRegistry : IDisposable
{
    private const int MostServices = 256;

    private readonly Lock _gate = new();
    private readonly IMeshBus _bus;
    private readonly ServiceRegistryOptions _options;
    private readonly IBusTable _table;
    private readonly IDisposable _watch;
    private readonly NatsServiceAnswers? _answers;
    private readonly Dictionary<string, RegisteredService> _own = [];
    private readonly Dictionary<string, MeshTime> _seen = [];
    private readonly Dictionary<string, MeshService> _told = [];
    private readonly List<(string Type, ServiceHandler Handler)> _handlers = [];

    /// <summary>The registry of a mesh. What this host announced in a run before is withdrawn. Throws what the bus throws.</summary>
    public ServiceRegistry(IMeshBus bus, ServiceRegistryOptions? options = null)
    {
        (_bus, _options) = (bus, options ?? new ServiceRegistryOptions());
        _table = bus.Table("services");
        _watch = _table.Watch(">", Take);
        _answers = bus is NatsBus nats ? new NatsServiceAnswers(nats, Own) : null;
    }

    /// <summary>All that is offered, by host, type and name.</summary>
    public IReadOnlyList<MeshService> Services => Find(null);

    /// <summary>What is offered of a type; null: of any.</summary>
    public IReadOnlyList<MeshService> Find(string? type)
    {
        See();
        return [.. _table.Entries.Select(Seen).OfType<MeshService>().Where(service => type is null || service.Type == type)];
    }

    /// <summary>Announces a service of this host until it is withdrawn. Throws InvalidArgument naming the field, InvalidState for one that is there, LimitExceeded.</summary>
    public RegisteredService Register(ServiceAnnouncement announcement)
    {
        Check(announcement);
        string key = $"{BusSubject.Token(_bus.Name)}.{announcement.Type}.{BusSubject.Token(announcement.Name)}";
        Require(BusSubject.IsValid(key), "name", $"host, type and name together up to {BusLimits.SubjectBytes} bytes");
        RegisteredService service = new(this, announcement, key, _options.HostClock());
        lock (_gate)
        {
            if (_own.ContainsKey(key))
            {
                throw new AudioMeshException(AudioErrorKind.InvalidState, $"The service {announcement.Type} '{announcement.Name}' is registered already.") { Field = "name" };
            }

            if (_own.Count == MostServices)
            {
                throw new AudioMeshException(AudioErrorKind.LimitExceeded, $"There are {MostServices} services.") { Allowed = $"{MostServices}" };
            }

            _own.Add(key, service);
        }

        Put(service);
        return service;
    }

    /// <summary>Calls <paramref name="handler"/> for what is offered of a type, null: of any, and each change of it, until disposed.</summary>
    public IDisposable Watch(string? type, ServiceHandler handler)
    {
        (string, ServiceHandler) item = (type ?? "", handler);
        lock (_gate)
        {
            _handlers.Add(item);
        }

        foreach (MeshService service in Find(type))
        {
            handler(service, isGone: false);
        }

        return new Unwatch(() =>
        {
            lock (_gate)
            {
                _handlers.Remove(item);
            }
        });
    }

    /// <summary>Looks who is there, whose service is silent, and tells watchers.</summary>
    public void Maintain()
    {
        MeshTime now = _options.HostClock();
        See();
        foreach (RegisteredService service in Own())
        {
            int every = service.Announcement.ReportEveryMs;
            if (every > 0 && service.Health != ServiceHealth.Silent && now - service.Reported > every * 1_000_000L)
            {
                service.Set(ServiceHealth.Silent, $"no report for {every} ms", service.Reported);
                Put(service);
            }
        }

        Dictionary<string, MeshService> there = [];
        foreach (BusEntry entry in _table.Entries)
        {
            if (Seen(entry) is { } service)
            {
                there[entry.Key] = service;
            }
        }

        string[] gone;
        lock (_gate)
        {
            gone = [.. _told.Keys.Where(key => !there.ContainsKey(key))];
        }

        Array.ForEach(gone, key => Tell(key, null));
        foreach ((string key, MeshService service) in there)
        {
            Tell(key, service);
        }
    }

    /// <summary>Withdraws what this host offers.</summary>
    public void Dispose()
    {
        _answers?.Dispose();
        _watch.Dispose();
        foreach (RegisteredService service in Own())
        {
            service.Dispose();
        }
    }

    internal static void Check(ServiceAnnouncement announcement)
    {
        Require(BusSubject.IsValid(announcement.Type) && !announcement.Type.Contains('.', StringComparison.Ordinal) && announcement.Type.Length <= 63, "type", "one token of up to 63 bytes");
        Require(announcement.Name.Length > 0 && Encoding.UTF8.GetByteCount(announcement.Name) <= 63, "name", "1 to 63 bytes");
        Require(announcement.Port is >= 0 and <= ushort.MaxValue, "port", "0..65535");
        Require(announcement.ReportEveryMs is >= 0 and <= 3_600_000, "report_every_ms", "0..3600000");
        Require(
            announcement.Properties.Count <= ServiceJson.MostProperties && announcement.Properties.All(pair => pair.Key.Length <= ServiceJson.MostText && pair.Value.Length <= ServiceJson.MostText),
            "properties",
            $"up to {ServiceJson.MostProperties} of up to {ServiceJson.MostText} characters");
    }

    internal static void Require(bool holds, string field, string allowed)
    {
        if (!holds)
        {
            throw new AudioMeshException(AudioErrorKind.InvalidArgument, $"The {field} of a service is not possible: {allowed}.") { Field = field, Allowed = allowed };
        }
    }

    internal void Report(RegisteredService service, ServiceHealth health, string note)
    {
        bool isNews = service.Health != health || service.Note != note;
        service.Set(health, note, _options.HostClock());
        if (isNews)
        {
            Put(service);
        }
    }

    internal void Put(RegisteredService service) => _table.Put(service.Key, ServiceJson.Write(service.Announcement, _bus.Name, service.Health, service.Note));

    internal void Withdraw(RegisteredService service)
    {
        bool wasThere;
        lock (_gate)
        {
            wasThere = _own.Remove(service.Key);
        }

        if (wasThere && _bus.Failure is null)
        {
            _table.Remove(service.Key);
        }
    }

    private RegisteredService[] Own()
    {
        lock (_gate)
        {
            return [.. _own.Values];
        }
    }

    private void Take(BusEntry entry)
    {
        bool isOwn = entry.Key.StartsWith($"{BusSubject.Token(_bus.Name)}.", StringComparison.Ordinal);
        bool isKnown;
        lock (_gate)
        {
            isKnown = _own.ContainsKey(entry.Key);
        }

        if (isOwn && !isKnown && !entry.IsRemoved)
        {
            _table.Remove(entry.Key); // of a run before this
        }
        else
        {
            See();
            Tell(entry.Key, entry.IsRemoved ? null : Seen(entry));
        }
    }

    private void See()
    {
        MeshTime now = _options.HostClock();
        lock (_gate)
        {
            _seen[_bus.Name] = now;
            foreach (BusPeer peer in _bus.Peers)
            {
                _seen[peer.Name] = now;
            }

            foreach ((string name, MeshTime when) in _seen.ToArray())
            {
                if (now - when > _options.ExpiryMs * 1_000_000L)
                {
                    _seen.Remove(name);
                }
            }
        }
    }

    private MeshService? Seen(BusEntry entry)
    {
        MeshService? service = ServiceJson.Read(entry.Value);
        if (service is null || !entry.Key.StartsWith($"{BusSubject.Token(service.Host)}.", StringComparison.Ordinal))
        {
            return null;
        }

        lock (_gate)
        {
            return _seen.TryGetValue(service.Host, out MeshTime when) ? service with { IsPresent = when == _seen[_bus.Name] } : null;
        }
    }

    private void Tell(string key, MeshService? service)
    {
        MeshService? told;
        ServiceHandler[] handlers;
        lock (_gate)
        {
            MeshService? before = _told.GetValueOrDefault(key);
            if (service is null ? before is null : before is not null && IsSame(before, service))
            {
                return;
            }

            told = service ?? before;
            if (service is null)
            {
                _told.Remove(key);
            }
            else
            {
                _told[key] = service;
            }

            handlers = [.. _handlers.Where(item => item.Type.Length == 0 || item.Type == told!.Type).Select(item => item.Handler)];
        }

        foreach (ServiceHandler handler in handlers)
        {
            handler(told!, service is null);
        }
    }

    private static bool IsSame(MeshService a, MeshService b) =>
        a with { Properties = b.Properties } == b && a.Properties.Count == b.Properties.Count && a.Properties.All(pair => b.Properties.TryGetValue(pair.Key, out string? value) && value == pair.Value);

    private sealed class Unwatch(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
