// SPDX-License-Identifier: MIT
using System.Diagnostics.CodeAnalysis;
using AudioMesh.Clock;
using AudioMesh.Network.Bus;
using AudioMesh.Network.Tests.Simulation;
using AudioMesh.Network.Time;

namespace AudioMesh.Network.Tests.Bus;

/// <summary>A bus without a wire, for tests of what is built on a bus: hosts of a <see cref="SimulatedMesh"/>, each message so late as <see cref="SimulatedBusNetwork"/> says.</summary>
internal sealed class SimulatedBus : IMeshBus
{
    private readonly SimulatedBusNetwork _network;
    private readonly List<(string Pattern, BusHandler Handler)> _subscriptions = [];
    private readonly List<(string Pattern, BusAnswerer Answer)> _servers = [];
    private readonly Dictionary<string, SimulatedTable> _tables = [];
    private long _sent;
    private long _received;

    public SimulatedBus(SimulatedBusNetwork network, SimulatedHost host, string name)
    {
        (_network, Host, Name) = (network, host, name);
        network.Join(this);
    }

    public SimulatedHost Host { get; }

    public string Name { get; }

    public bool IsConnected => Failure is null && _network.IsIn(this);

    public AudioMeshException? Failure { get; set; }

    public MeshTimebase Timebase { get; init; } = new TimeService(1, default, new TimeOptions()).Timebase;

    public IReadOnlyList<BusPeer> Peers =>
        [.. _network.Others(this).OrderBy(bus => bus.Name, StringComparer.Ordinal).Select(bus => new BusPeer(bus.Name, bus.Host.Address.ToString(), default, Host.Now))];

    public BusStatistics Statistics => new(_sent, _received, 0, 0, 0, 0, 0);

    public void Publish(string subject, ReadOnlySpan<byte> payload)
    {
        Check(BusSubject.IsValid(subject), payload.Length <= BusLimits.PayloadBytes);
        byte[] copy = payload.ToArray();
        MeshTime time = Host.Now;
        _sent++;
        Hear(subject, Name, copy, time, TimeSpan.Zero);
        foreach (SimulatedBus other in _network.Others(this))
        {
            other.Hear(subject, Name, copy, time, _network.Delay);
        }
    }

    public IDisposable Subscribe(string pattern, BusHandler handler) => Add(_subscriptions, pattern, (pattern, handler));

    public IDisposable Serve(string pattern, BusAnswerer answer) => Add(_servers, pattern, (pattern, answer));

    public void Request(string subject, ReadOnlySpan<byte> payload, int timeoutMs, BusAnswerHandler taken)
    {
        Check(BusSubject.IsValid(subject), payload.Length <= BusLimits.PayloadBytes);
        byte[] copy = payload.ToArray();
        bool isOver = false;
        void End(BusAnswer answer)
        {
            if (!isOver)
            {
                isOver = true;
                taken(answer);
            }
        }

        SimulatedBus? server = _network.Others(this).Prepend(this).FirstOrDefault(bus => bus.ServerOf(subject) is not null);
        Host.Mesh.In(TimeSpan.FromMilliseconds(timeoutMs), () => End(new("", [], new AudioMeshException(AudioErrorKind.Timeout, $"No answer to '{subject}' in {timeoutMs} ms."))));
        if (server is null)
        {
            Host.Mesh.In(2 * _network.Delay, () => End(new("", [], new AudioMeshException(AudioErrorKind.NotFound, $"Nobody serves '{subject}'."))));
            return;
        }

        Host.Mesh.In(_network.Delay, () =>
        {
            if (server.IsConnected && !server.Host.IsSuspended && server.ServerOf(subject) is { } serve)
            {
                BusAnswer answer = Answer(server, serve, new BusMessage(subject, Name, copy, server.Host.Now));
                Host.Mesh.In(_network.Delay, () => End(answer));
            }
        });
    }

    public IBusTable Table(string name) => TableOf(name);

    public void Dispose() => _network.Leave(this);

    internal void Replicate(string table, BusEntry entry)
    {
        foreach (SimulatedBus other in _network.Others(this))
        {
            Host.Mesh.In(_network.Delay, () => other.TableOf(table).Take(entry));
        }
    }

    internal IEnumerable<BusEntry> Known(string table) => _network.Others(this).SelectMany(bus => bus._tables.TryGetValue(table, out SimulatedTable? there) ? there.All : []);

    private static BusAnswer Answer(SimulatedBus server, BusAnswerer serve, in BusMessage request)
    {
        try
        {
            return new BusAnswer(server.Name, serve(request), null);
        }
        catch (AudioMeshException error)
        {
            return new BusAnswer(server.Name, [], error);
        }
    }

    private static void Check(bool isValid, bool fits)
    {
        if (!isValid || !fits)
        {
            throw new AudioMeshException(isValid ? AudioErrorKind.LimitExceeded : AudioErrorKind.InvalidArgument, "Not for a bus.");
        }
    }

    private static IDisposable Add<T>(List<T> list, string pattern, T item)
    {
        Check(BusSubject.IsValidPattern(pattern), fits: true);
        list.Add(item);
        return new Removal(() => list.Remove(item));
    }

    private SimulatedTable TableOf(string name)
    {
        if (!_tables.TryGetValue(name, out SimulatedTable? table))
        {
            _tables.Add(name, table = new SimulatedTable(this, name));
            foreach (BusEntry entry in Known(name).ToArray())
            {
                Host.Mesh.In(_network.Delay, () => table.Take(entry));
            }
        }

        return table;
    }

    private BusAnswerer? ServerOf(string subject) => _servers.Where(server => BusSubject.Matches(server.Pattern, subject)).Select(server => server.Answer).FirstOrDefault();

    private void Hear(string subject, string from, byte[] payload, MeshTime time, TimeSpan delay) => Host.Mesh.In(delay, () =>
    {
        if (IsConnected && !Host.IsSuspended)
        {
            _received++;
            foreach ((_, BusHandler handler) in _subscriptions.Where(subscription => BusSubject.Matches(subscription.Pattern, subject)).ToArray())
            {
                handler(new BusMessage(subject, from, payload, time));
            }
        }
    });

    private sealed class Removal(Action remove) : IDisposable
    {
        public void Dispose() => remove();
    }

    private sealed class SimulatedTable(SimulatedBus bus, string name) : IBusTable
    {
        private readonly SortedDictionary<string, List<BusEntry>> _entries = new(StringComparer.Ordinal);
        private readonly List<(string Pattern, BusTableHandler Handler)> _watches = [];
        private uint _counter;

        public string Name => name;

        public int Count => Entries.Count;

        public long Pending => 0;

        public ulong Digest => Entries.Aggregate(0UL, (sum, entry) => sum ^ (ulong)entry.GetHashCode());

        public IReadOnlyList<BusEntry> Entries => [.. All.Where(entry => !entry.IsRemoved)];

        public IReadOnlyList<BusEntry> EntriesWithRemoved => [.. All];

        public IEnumerable<BusEntry> All => _entries.Values.Select(values => values[^1]);

        public BusStamp Put(string key, ReadOnlySpan<byte> value) => Write(key, value, isRemoved: false);

        public BusStamp Remove(string key) => Write(key, [], isRemoved: true);

        public bool Restore(BusEntry entry)
        {
            bool holds = !TryGet(entry.Key, out BusEntry? present) || entry.Stamp > present.Stamp;
            if (holds)
            {
                Take(entry);
                bus.Replicate(name, entry);
            }

            return holds;
        }

        public bool TryGet(string key, [NotNullWhen(true)] out BusEntry? entry)
        {
            entry = _entries.TryGetValue(key, out List<BusEntry>? values) && !values[^1].IsRemoved ? values[^1] : null;
            return entry is not null;
        }

        public IReadOnlyList<BusEntry> History(string key) => _entries.TryGetValue(key, out List<BusEntry>? values) ? values : [];

        public IDisposable Watch(string pattern, BusTableHandler handler)
        {
            bus.Host.Mesh.In(TimeSpan.Zero, () =>
            {
                foreach (BusEntry entry in Entries.Where(entry => BusSubject.Matches(pattern, entry.Key)))
                {
                    handler(entry);
                }
            });
            return Add(_watches, pattern, (pattern, handler));
        }

        public void Take(BusEntry entry)
        {
            if (!_entries.TryGetValue(entry.Key, out List<BusEntry>? values))
            {
                _entries.Add(entry.Key, values = []);
            }

            if (values.Count == 0 || entry.Stamp > values[^1].Stamp)
            {
                values.Add(entry);
                foreach ((_, BusTableHandler handler) in _watches.Where(watch => BusSubject.Matches(watch.Pattern, entry.Key)).ToArray())
                {
                    handler(entry);
                }
            }
        }

        private BusStamp Write(string key, ReadOnlySpan<byte> value, bool isRemoved)
        {
            Check(BusSubject.IsValid(key), value.Length <= BusLimits.ValueBytes);
            long latest = _entries.TryGetValue(key, out List<BusEntry>? values) ? values[^1].Stamp.UtcNs + 1 : 0;
            BusEntry entry = new(key, value.ToArray(), new BusStamp(Math.Max(latest, bus.Host.Mesh.TrueTime.Nanoseconds), ++_counter, bus.Name), isRemoved);
            Take(entry);
            bus.Replicate(name, entry);
            return entry.Stamp;
        }
    }
}
