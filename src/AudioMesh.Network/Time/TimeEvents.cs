// SPDX-License-Identifier: MIT
using AudioMesh.Clock;

namespace AudioMesh.Network.Time;

/// <summary>The last events that nobody has taken yet; when nobody does, the oldest go.</summary>
internal sealed class TimeEvents
{
    private const int Capacity = 64;

    private readonly TimeEvent[] _events = new TimeEvent[Capacity];
    private long _written;
    private long _taken;

    public void Add(TimeEventKind kind, MeshTime hostNow, ulong peerId = 0, long amountNs = 0)
    {
        _events[_written++ % Capacity] = new TimeEvent(kind, hostNow, peerId, amountNs);
        _taken = Math.Max(_taken, _written - Capacity);
    }

    public bool TryTake(out TimeEvent taken)
    {
        bool has = _taken < _written;
        taken = has ? _events[_taken++ % Capacity] : default;
        return has;
    }
}
