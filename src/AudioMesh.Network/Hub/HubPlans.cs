// SPDX-License-Identifier: MIT
using AudioMesh.Realtime;

namespace AudioMesh.Network.Hub;

/// <summary>Hands the latest plan from the control side to the mixing thread: three of them, of which each side holds one and neither waits.</summary>
internal sealed class HubPlans(int capacity)
{
    private const int IndexMask = 3;
    private const int FreshBit = 4;

    private readonly HubPlan[] _plans = [new(capacity), new(capacity), new(capacity)];
    private int _back;
    private int _front = 1;
    private int _middle = 2;

    /// <summary>The one to write. Control side.</summary>
    public HubPlan Back => _plans[_back];

    /// <summary>Makes it the latest. Control side.</summary>
    public void Publish() => _back = Interlocked.Exchange(ref _middle, _back | FreshBit) & IndexMask;

    /// <summary>The latest; it stays as it is until the next call. Mixing thread.</summary>
    [RealtimeSafe]
    public HubPlan Take(out bool isNew)
    {
        isNew = (Volatile.Read(ref _middle) & FreshBit) != 0;
        if (isNew)
        {
            _front = Interlocked.Exchange(ref _middle, _front) & IndexMask;
        }

        return _plans[_front];
    }
}
