// SPDX-License-Identifier: MIT
namespace AudioMesh.Engine;

/// <summary>
/// Hands every event to every subscription. Any thread; never waits: a full subscription drops and counts. <paramref name="onSelect"/> is told whenever one asks for others.
/// </summary>
internal sealed class EventHub(Action onSelect) : IDisposable
{
    private readonly Lock _gate = new();
    private EventSubscription[] _subscriptions = [];
    private long _droppedBefore;

    public long Dropped
    {
        get
        {
            lock (_gate)
            {
                long dropped = _droppedBefore;
                foreach (EventSubscription subscription in _subscriptions)
                {
                    dropped += subscription.Dropped;
                }

                return dropped;
            }
        }
    }

    /// <summary>Whether anybody wants events of <paramref name="kind"/>.</summary>
    public bool IsWanted(EngineEventKind kind)
    {
        foreach (EventSubscription subscription in Volatile.Read(ref _subscriptions))
        {
            if (subscription.Wants(kind))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether anybody waits for events that are to come at once.</summary>
    public bool IsAwaited => Array.Exists(Volatile.Read(ref _subscriptions), subscription => subscription.IsAwaited);

    public EventSubscription Subscribe(bool isPatient)
    {
        EventSubscription subscription = new(Remove, onSelect, isPatient);
        lock (_gate)
        {
            Volatile.Write(ref _subscriptions, [.. _subscriptions, subscription]);
        }

        return subscription;
    }

    public void Publish(EngineEvent engineEvent)
    {
        foreach (EventSubscription subscription in Volatile.Read(ref _subscriptions))
        {
            subscription.Offer(engineEvent);
        }
    }

    public void Dispose()
    {
        foreach (EventSubscription subscription in Volatile.Read(ref _subscriptions))
        {
            subscription.Dispose();
        }
    }

    private void Remove(EventSubscription subscription)
    {
        lock (_gate)
        {
            _droppedBefore += subscription.Dropped;
            Volatile.Write(ref _subscriptions, Array.FindAll(_subscriptions, other => other != subscription));
        }
    }
}
