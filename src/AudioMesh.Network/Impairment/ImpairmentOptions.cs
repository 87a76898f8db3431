// SPDX-License-Identifier: MIT
namespace AudioMesh.Network.Impairment;

/// <summary>What a link does to packets in one direction. The default value is a perfect link. docs/impairments.md has the formulae.</summary>
public sealed record ImpairmentOptions
{
    /// <summary>Loss, in bursts.</summary>
    public GilbertElliott Loss { get; init; }

    /// <summary>What every packet takes at least, 0 to 1 h.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>How much longer than <see cref="Delay"/> packets take on average, 0 to 1 min. Packets stay in order, so one that is late holds up those behind it.</summary>
    public TimeSpan Jitter { get; init; }

    /// <summary>How the jitter is distributed.</summary>
    public JitterShape JitterShape { get; init; }

    /// <summary>Share of the packets that leave the order: they come <see cref="ReorderDelay"/> later, and hold up nobody.</summary>
    public double ReorderShare { get; init; }

    /// <summary>How much later those come, 0 to 1 min.</summary>
    public TimeSpan ReorderDelay { get; init; } = TimeSpan.FromMilliseconds(5);

    /// <summary>Share of the packets that come twice, the second time with a jitter of its own.</summary>
    public double DuplicateShare { get; init; }

    /// <summary>Share of the packets of which bits are flipped.</summary>
    public double CorruptShare { get; init; }

    /// <summary>Bits flipped in such a packet, 1 to 1024; where two fall on the same place, they cancel out.</summary>
    public int CorruptBits { get; init; } = 1;

    /// <summary>Bytes of datagrams (without headers of IP and UDP) that pass in a second, up to 1e12; 0 for no limit.</summary>
    public long BytesPerSecond { get; init; }

    /// <summary>Bytes that may wait for the rate limit; what finds more before it is lost. 0 to 1 GiB.</summary>
    public int QueueBytes { get; init; } = 64 * 1024;

    /// <summary>Outages at given times, at most 10,000.</summary>
    public IReadOnlyList<Outage> Outages { get; init; } = [];

    /// <summary>Once in each span of this length, 1 ms to 24 h, the link is out for <see cref="RandomOutageLength"/>, at a random place of the span; zero for never.</summary>
    public TimeSpan RandomOutageEvery { get; init; }

    /// <summary>How long random outages last, at most <see cref="RandomOutageEvery"/>.</summary>
    public TimeSpan RandomOutageLength { get; init; }

    /// <summary>Throws <see cref="AudioMeshException"/> (InvalidArgument, naming field and range) when a value is out of range.</summary>
    public void Validate()
    {
        Loss.Validate();
        Within(Delay, "delay", TimeSpan.FromHours(1));
        Within(Jitter, "jitter", TimeSpan.FromMinutes(1));
        RangeCheck.Hold(Enum.IsDefined(JitterShape), "jitter_shape", (int)JitterShape, "uniform, normal, heavy-tailed");
        Share(ReorderShare, "reorder");
        Within(ReorderDelay, "reorder_delay", TimeSpan.FromMinutes(1));
        Share(DuplicateShare, "duplicate");
        Share(CorruptShare, "corrupt");
        RangeCheck.Hold(CorruptBits is >= 1 and <= 1024, "corrupt_bits", CorruptBits, "1..1024");
        RangeCheck.Hold(BytesPerSecond is >= 0 and <= 1_000_000_000_000, "bytes_per_second", BytesPerSecond, "0..1e12");
        RangeCheck.Hold(QueueBytes is >= 0 and <= 1 << 30, "queue_bytes", QueueBytes, "0..1073741824");
        RangeCheck.Hold(Outages.Count <= 10_000, "outages", Outages.Count, "0..10000 of them");
        foreach (Outage outage in Outages)
        {
            Within(outage.Start, "outages.start", TimeSpan.FromDays(3650));
            Within(outage.Length, "outages.length", TimeSpan.FromDays(3650));
        }

        if (RandomOutageEvery != TimeSpan.Zero || RandomOutageLength != TimeSpan.Zero)
        {
            RangeCheck.Hold(
                RandomOutageEvery >= TimeSpan.FromMilliseconds(1) && RandomOutageEvery <= TimeSpan.FromHours(24),
                "random_outage_every", RandomOutageEvery.TotalSeconds, "0.001..86400 s");
            Within(RandomOutageLength, "random_outage_length", RandomOutageEvery);
        }
    }

    private static void Share(double share, string field) => RangeCheck.Hold(share is >= 0 and <= 1, field, share, "0..1");

    private static void Within(TimeSpan span, string field, TimeSpan most) =>
        RangeCheck.Hold(span >= TimeSpan.Zero && span <= most, field, span.TotalSeconds, $"0..{most.TotalSeconds} s");
}
