// SPDX-License-Identifier: MIT
using System.Threading.Channels;

namespace AudioMesh.Engine;

/// <summary>A bounded queue of the events one client asked for.</summary>
public sealed class EventSubscription : IDisposable
{
    private const int Capacity = 1024;

    private readonly Channel<EngineEvent> _events = Channel.CreateBounded<EngineEvent>(
        new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.Wait, SingleReader = true });
    private readonly Action<EventSubscription> _onDispose;
    private readonly Action _onSelect;
    private int _kinds;
    private long _dropped;
    private int _isDisposed;

    /// <summary>Called when an event has been queued, on the thread that reports it.</summary>
    internal Action? OnOffer { get; set; }

    internal EventSubscription(Action<EventSubscription> onDispose, Action onSelect, bool isPatient) =>
        (_onDispose, _onSelect, IsPatient) = (onDispose, onSelect, isPatient);

    /// <summary>Whether its events may come a quarter of a second after they happened, so that the engine need not look for them more often.</summary>
    public bool IsPatient { get; }

    /// <summary>Events lost because the queue was full.</summary>
    public long Dropped => Volatile.Read(ref _dropped);

    /// <summary>Where to take events; completes when the engine or this is disposed. One reader.</summary>
    public ChannelReader<EngineEvent> Events => _events.Reader;

    /// <summary>Whether events of <paramref name="kind"/> are asked for.</summary>
    public bool Wants(EngineEventKind kind) => (Volatile.Read(ref _kinds) & (1 << (int)kind)) != 0;

    /// <summary>Asks for events of these kinds, and no others. Any thread.</summary>
    public void Select(IEnumerable<EngineEventKind> kinds)
    {
        Volatile.Write(ref _kinds, kinds.Aggregate(0, (mask, kind) => mask | (1 << (int)kind)));
        _onSelect();
    }

    /// <summary>Ends it; who waits for an event is told so.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) == 0)
        {
            _events.Writer.TryComplete();
            _onDispose(this);
        }
    }

    /// <summary>Whether it waits for events that are to come at once.</summary>
    internal bool IsAwaited => !IsPatient && Volatile.Read(ref _kinds) != 0;

    internal void Offer(EngineEvent engineEvent)
    {
        if (!Wants(engineEvent.Kind))
        {
            return;
        }

        if (_events.Writer.TryWrite(engineEvent))
        {
            OnOffer?.Invoke();
        }
        else if (Volatile.Read(ref _isDisposed) == 0)
        {
            Interlocked.Increment(ref _dropped);
        }
    }
}
