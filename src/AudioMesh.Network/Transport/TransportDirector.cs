// SPDX-License-Identifier: MIT
using System.Security.Cryptography;
using AudioMesh.Clock;
using AudioMesh.Network.Bus;
using AudioMesh.Network.Time;

namespace AudioMesh.Network.Transport;

/// <summary>
/// Has the transports of a mesh move together: knows the hosts that have an agent, and gives orders to all or some of them. There may be several; the last to fire is followed. Any thread.
/// </summary>
public sealed class TransportDirector : IDisposable
{
    private const long GoneNs = 1_000_000_000;
    private const long SettleNs = 400_000_000;
    private const int MostHosts = 1024;
    private const int CancelMs = 1000;
    private readonly Lock _gate = new();
    private readonly IMeshBus _bus;
    private readonly MeshTimebase _timebase;
    private readonly Func<MeshTime> _hostClock;
    private readonly SortedDictionary<string, (HostStatus Status, MeshTime Heard)> _hosts = new(StringComparer.Ordinal);
    private readonly IBusTable _table;
    private readonly IDisposable _ear;
    private readonly MeshTime _since;

    /// <summary>A director on the host that <paramref name="bus"/> and <paramref name="timebase"/> are of. Throws what the bus throws.</summary>
    public TransportDirector(IMeshBus bus, MeshTimebase timebase, Func<MeshTime>? hostClock = null)
    {
        (_bus, _timebase, _hostClock) = (bus, timebase, hostClock ?? (static () => MeshClock.Now));
        _since = _hostClock();
        _table = bus.Table(AgentSubjects.Table);
        _ear = bus.Subscribe(AgentSubjects.AllStatus, Hear);
    }

    /// <summary>The hosts heard of within a second, by name.</summary>
    public IReadOnlyList<HostStatus> Hosts
    {
        get
        {
            MeshTime now = _hostClock();
            lock (_gate)
            {
                return [.. _hosts.Values.Where(host => now - host.Heard < GoneNs).Select(host => host.Status)];
            }
        }
    }

    /// <summary>What the mesh plays, as far as this host was told; null before anything.</summary>
    public TransportTimeline? Timeline => _table.TryGet(AgentSubjects.Timeline, out BusEntry? entry) ? AgentJson.Read(entry.Value.Span, AgentJson.ReadTimeline) : null;

    /// <summary>The mesh's tempo.</summary>
    public TempoMap Tempo => _table.TryGet(AgentSubjects.Tempo, out BusEntry? entry) ? AgentJson.Read(entry.Value.Span, AgentJson.ReadTempo) : TempoMap.Default;

    /// <summary>Whether it has listened long enough to have heard of every host that is there.</summary>
    public bool HasSettled => _hostClock() - _since > SettleNs;

    internal ulong MeshId => _timebase.Read().MeshId;

    /// <summary>Where playing goes on.</summary>
    internal long DefaultFrame => Timeline is { } line ? line.IsRolling ? 0 : line.Frame : 0;

    /// <summary>Begins an order; it has to be ticked until it is over. Throws InvalidArgument naming what is out of range.</summary>
    public DirectorRun Begin(DirectorPlan plan)
    {
        plan.Validate();
        ulong id = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong)));
        return new DirectorRun(this, _bus, plan, id == 0 ? 1 : id);
    }

    /// <summary>Carries an order out and returns when it is over. An order that is cancelled is aborted.</summary>
    public async Task<DirectorRun> RunAsync(DirectorPlan plan, CancellationToken cancellation = default)
    {
        const int tickMs = 5;
        DirectorRun run = Begin(plan);
        while (!run.IsOver)
        {
            run.Tick(_hostClock());
            if (cancellation.IsCancellationRequested)
            {
                run.Abort();
            }

            await Task.Delay(tickMs, CancellationToken.None).ConfigureAwait(false);
        }

        return run;
    }

    /// <summary>
    /// Calls off what was fired last, by whichever director: where it has not been carried out yet nothing moves, and who plays by it stops. Throws NotFound where nothing was.
    /// </summary>
    public void Abort()
    {
        TransportTimeline line = Timeline ?? throw new AudioMeshException(AudioErrorKind.NotFound, "Nothing was ordered on this mesh.");
        foreach (HostStatus host in Hosts)
        {
            Cancel(host.Host, line.Id);
        }

        Put(line with { Id = unchecked(line.Id + 1), IsRolling = false });
    }

    /// <summary>Sets tempo and meter of the mesh.</summary>
    public void SetTempo(TempoMap tempo) => _table.Put(AgentSubjects.Tempo, AgentJson.WriteTempo(tempo));

    /// <summary>Arms or disarms recording at a host. Throws NotFound and Timeout.</summary>
    public async Task ArmAsync(string host, bool isArmed, int timeoutMs = 1000, CancellationToken cancellation = default) =>
        await _bus.RequestAsync(AgentSubjects.Of(host, "arm"), AgentJson.Write(json => json.WriteBoolean("armed", isArmed)), timeoutMs, cancellation).ConfigureAwait(false);

    /// <summary>Hears no more of the hosts; what was ordered goes on.</summary>
    public void Dispose() => _ear.Dispose();

    internal MeshTime ToMesh(MeshTime hostTime) => _timebase.ToMesh(hostTime);

    internal HostStatus? Find(string host)
    {
        lock (_gate)
        {
            return _hosts.TryGetValue(host, out (HostStatus Status, MeshTime Heard) known) ? known.Status : null;
        }
    }

    /// <summary>Where the mesh will be at a time it is to stop at, so that all hosts stand at the same frame; null where it does not play together.</summary>
    internal long? StopFrameAt(MeshTime at, TransportAction action) =>
        action == TransportAction.Stop && Timeline is { IsRolling: true } line && line.MeshId == MeshId ? Math.Max(0, (long)Math.Round(line.FrameAt(at))) : null;

    internal void Commit(DirectorRun run, PreparedOrder prepared, IReadOnlyList<string> hosts)
    {
        TransportOrder order = prepared.Order;
        bool isRolling = order.Action == TransportAction.LocateStart || (order.Action == TransportAction.Locate && Timeline is { IsRolling: true });
        int rate = prepared.Rate != 0 ? prepared.Rate : Hosts is [{ } first, ..] ? first.Rate : 0;
        Put(new TransportTimeline(run.Id, isRolling, order.At, order.Frame ?? 0, rate, prepared.MeshId, prepared.CountInBeats, prepared.MaxBoundNs, hosts));
    }

    /// <summary>What was committed is not so: nobody is to fall in with it.</summary>
    internal void Withdraw(DirectorRun run)
    {
        if (Timeline is { } line && line.Id == run.Id)
        {
            Put(line with { Id = unchecked(line.Id + 1), IsRolling = false });
        }
    }

    internal void Cancel(string host, ulong id) =>
        _bus.Request(AgentSubjects.Of(host, "cancel"), AgentJson.Write(json => AgentJson.WriteId(json, "id", id)), CancelMs, static (in BusAnswer _) => { });

    private void Put(TransportTimeline timeline) => _table.Put(AgentSubjects.Timeline, AgentJson.Write(json => AgentJson.WriteTimeline(json, timeline)));

    private void Hear(in BusMessage message)
    {
        HostStatus status = AgentJson.Read(message.Payload, StatusJson.Read);
        MeshTime now = _hostClock();
        lock (_gate)
        {
            // Who sent it is authenticated, what it says is not: nobody speaks for another.
            if (status.Host == message.From && (_hosts.Count < MostHosts || _hosts.ContainsKey(status.Host)))
            {
                _hosts[status.Host] = (status, now);
            }
        }
    }
}
