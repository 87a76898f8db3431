// SPDX-License-Identifier: MIT
using AudioMesh.Clock;

namespace AudioMesh.Network.Impairment;

/// <summary>
/// One direction of a bad link: told of each packet when it comes and how long it is, answers what becomes of it. The answers depend on the options, the seed
/// and the packets before, and are the same on every machine; which packets are lost by the Gilbert-Elliott model, doubled, reordered and corrupted depends on their
/// number alone. Reads no clock, allocates nothing. One thread.
/// </summary>
public sealed class ImpairmentModel
{
    private const long Second = 1_000_000_000;
    private const int NsPerTick = 100;

    private readonly ImpairmentOptions _options;
    private readonly MeshTime _start;
    private readonly OutageSchedule _outages;
    private readonly long _delayNs;
    private readonly long _reorderNs;
    private LossProcess _loss;
    private JitterSource _jitter;
    private JitterSource _copyJitter;
    private Pcg32 _reorder;
    private Pcg32 _duplicate;
    private Pcg32 _corrupt;
    private MeshTime _queueEmpty = MeshTime.Unknown;
    private MeshTime _lastRelease = MeshTime.Unknown;
    private ImpairmentCounts _counts;

    /// <summary>
    /// A link that begins at <paramref name="start"/>, from which outages are counted. Throws InvalidArgument when <paramref name="options"/> are out of range.
    /// </summary>
    public ImpairmentModel(ImpairmentOptions options, ulong seed, MeshTime start)
    {
        options.Validate();
        _options = options;
        _start = start;
        _delayNs = options.Delay.Ticks * NsPerTick;
        _reorderNs = options.ReorderDelay.Ticks * NsPerTick;

        // A stream of random numbers each: what one impairment draws does not change another.
        Pcg32 seeds = new(seed);
        _loss = new LossProcess(options.Loss, NextSeed(ref seeds));
        _outages = new OutageSchedule(options, NextSeed(ref seeds));
        long jitterNs = options.Jitter.Ticks * NsPerTick;
        _jitter = new JitterSource(options.JitterShape, jitterNs, NextSeed(ref seeds));
        _copyJitter = new JitterSource(options.JitterShape, jitterNs, NextSeed(ref seeds));
        _reorder = new Pcg32(NextSeed(ref seeds));
        _duplicate = new Pcg32(NextSeed(ref seeds));
        _corrupt = new Pcg32(NextSeed(ref seeds));
    }

    /// <summary>What it did so far.</summary>
    public ImpairmentCounts Counts => _counts;

    /// <summary>What becomes of a packet of <paramref name="bytes"/> that comes at <paramref name="now"/>, which must not be before that of the last one.</summary>
    public PacketFate Next(MeshTime now, int bytes)
    {
        bool isLost = _loss.LosesNext();
        bool isCopied = Happens(ref _duplicate, _options.DuplicateShare);
        bool isReordered = Happens(ref _reorder, _options.ReorderShare);
        bool isCorrupt = Happens(ref _corrupt, _options.CorruptShare);
        ulong damage = isCorrupt ? NextSeed(ref _corrupt) : 0;
        long jitterNs = _jitter.NextNs();
        _counts = _counts with { Packets = _counts.Packets + 1, Bytes = _counts.Bytes + bytes };
        if (_outages.IsOut(now - _start))
        {
            _counts = _counts with { LostInOutage = _counts.LostInOutage + 1 };
            return new PacketFate(PacketLoss.Outage, default, MeshTime.Unknown, 0, 0);
        }

        if (isLost)
        {
            _counts = _counts with { LostRandom = _counts.LostRandom + 1 };
            return new PacketFate(PacketLoss.Random, default, MeshTime.Unknown, 0, 0);
        }

        if (!TryPassQueue(now, bytes, out MeshTime sent))
        {
            _counts = _counts with { LostInQueue = _counts.LostInQueue + 1 };
            return new PacketFate(PacketLoss.QueueFull, default, MeshTime.Unknown, 0, 0);
        }

        MeshTime release = sent.Add(_delayNs + jitterNs);
        release = isReordered ? release.Add(_reorderNs) : InOrder(release);
        MeshTime copy = isCopied && TryPassQueue(now, bytes, out MeshTime copySent)
            ? InOrder(copySent.Add(_delayNs + _copyJitter.NextNs()))
            : MeshTime.Unknown;
        _counts = _counts with
        {
            Delivered = _counts.Delivered + 1,
            Copied = _counts.Copied + (copy.IsKnown ? 1 : 0),
            Reordered = _counts.Reordered + (isReordered ? 1 : 0),
            Corrupted = _counts.Corrupted + (isCorrupt ? 1 : 0),
        };
        return new PacketFate(PacketLoss.None, release, copy, damage, isCorrupt ? _options.CorruptBits : 0);
    }

    private MeshTime InOrder(MeshTime release)
    {
        _lastRelease = release > _lastRelease ? release : _lastRelease;
        return _lastRelease;
    }

    // The queue is the time until the last of its bytes will have left.
    private bool TryPassQueue(MeshTime now, int bytes, out MeshTime sent)
    {
        sent = now;
        long rate = _options.BytesPerSecond;
        if (rate == 0)
        {
            return true;
        }

        MeshTime begins = _queueEmpty > now ? _queueEmpty : now;
        if ((Int128)(begins - now) * rate > (Int128)_options.QueueBytes * Second)
        {
            return false;
        }

        _queueEmpty = begins.Add(((bytes * Second) + rate - 1) / rate);
        sent = _queueEmpty;
        return true;
    }

    private static bool Happens(ref Pcg32 random, double share) => random.NextShare() < share;

    private static ulong NextSeed(ref Pcg32 random) => ((ulong)random.Next() << 32) | random.Next();
}
