// SPDX-License-Identifier: MIT
using AudioMesh.Clock;

namespace AudioMesh.Network.Time;

/// <summary>
/// When to ask a peer next: eight times in the first 200 ms, and again whenever something is in doubt; then four times a second, later less, most often the peer that
/// mesh time comes from. A request that was not answered is soon followed by another, until the peer counts as gone.
/// </summary>
internal sealed class SyncSchedule(MeshTime start, ulong seed)
{
    public const int BurstCount = 8;

    private const long BurstNs = 25_000_000;
    private const long UnansweredNs = 100_000_000;
    private const long QuickNs = 250_000_000;
    private const long ParentNs = 500_000_000;
    private const long OtherNs = 1_000_000_000;
    private const long QuickSpanNs = 20_000_000_000;

    /// <summary>A peer that answered none of so many is asked once a second.</summary>
    private const int UnansweredUntilGone = 30;

    private SplitMix _random = new(seed);
    private MeshTime _quickUntil = start.Add(QuickSpanNs);
    private int _burst = BurstCount;

    /// <summary>When the next request is due, host time.</summary>
    public MeshTime Due { get; private set; } = start;

    public void Burst(MeshTime hostNow)
    {
        if (_burst == 0)
        {
            _burst = BurstCount;
            Due = hostNow;
        }

        _quickUntil = hostNow.Add(QuickSpanNs);
    }

    public void Sent(MeshTime hostNow, bool isParent, int unanswered)
    {
        long intervalNs =
            _burst > 1 ? BurstNs
            : unanswered >= UnansweredUntilGone ? OtherNs
            : unanswered > 1 ? UnansweredNs
            : hostNow < _quickUntil ? QuickNs
            : isParent ? ParentNs : OtherNs;
        _burst = Math.Max(0, _burst - 1);

        // Peers that started together do not ask at the same moments for ever.
        Due = hostNow.Add(intervalNs - (long)(_random.Next() % (ulong)(intervalNs / 8)));
    }

    /// <summary>After the clock was set: nothing is due later than in one interval.</summary>
    public void Restart(MeshTime hostNow)
    {
        _burst = 0;
        Burst(hostNow);
    }
}
