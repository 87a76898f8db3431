// SPDX-License-Identifier: MIT
namespace AudioMesh.Network.Impairment;

/// <summary>
/// Loss in bursts: a link is good or bad, and changes or not with each packet (E. N. Gilbert, "Capacity of a burst-noise channel", 1960;
/// E. O. Elliott, "Estimates of error rates for codes on burst-noise channels", 1963). The default value loses nothing.
/// </summary>
/// <param name="Enter">Probability that a good link is bad at the next packet (p).</param>
/// <param name="Leave">Probability that a bad link is good at the next packet (r).</param>
/// <param name="LossWhenBad">Share of the packets that a bad link loses (1 - h).</param>
/// <param name="LossWhenGood">Share of the packets that a good link loses (1 - k).</param>
public readonly record struct GilbertElliott(double Enter, double Leave, double LossWhenBad = 1, double LossWhenGood = 0)
{
    /// <summary>The share of packets lost in the long run.</summary>
    public double MeanLoss => Enter == 0
        ? LossWhenGood
        : ((Enter * LossWhenBad) + (Leave * LossWhenGood)) / (Enter + Leave);

    /// <summary>
    /// Loses <paramref name="share"/> of the packets (0 to 1), in bursts of <paramref name="meanBurst"/> on average (1 or more): p = r share / (1 - share),
    /// r = 1 / burst. Throws InvalidArgument when such a model does not exist, because the share is above burst / (1 + burst).
    /// </summary>
    public static GilbertElliott Of(double share, double meanBurst)
    {
        Check(share is >= 0 and <= 1, "loss", share, "0..1");
        Check(meanBurst is >= 1 and <= 1e9, "burst", meanBurst, "1..1e9");
        if (share == 1)
        {
            return new GilbertElliott(1, 0);
        }

        double leave = 1 / meanBurst;
        double enter = leave * share / (1 - share);
        if (enter > 1)
        {
            double most = meanBurst / (1 + meanBurst);
            throw new AudioMeshException(
                AudioErrorKind.InvalidArgument, $"Losing {share:0.###} of the packets in bursts of {meanBurst:0.##} is impossible: the most is {most:0.###}.")
            {
                Field = "loss",
                Allowed = $"0..{most:0.###} at this burst length",
            };
        }

        return new GilbertElliott(enter, leave);
    }

    /// <summary>Loses each packet with the same probability, whatever happened to the one before. Throws InvalidArgument outside 0 to 1.</summary>
    public static GilbertElliott Independent(double share)
    {
        Check(share is >= 0 and <= 1, "loss", share, "0..1");
        return new GilbertElliott(share, 1 - share);
    }

    /// <summary>Throws <see cref="AudioMeshException"/> (InvalidArgument, naming field and range) when a probability is not 0 to 1.</summary>
    public void Validate()
    {
        Check(Enter is >= 0 and <= 1, "loss.enter", Enter, "0..1");
        Check(Leave is >= 0 and <= 1, "loss.leave", Leave, "0..1");
        Check(LossWhenBad is >= 0 and <= 1, "loss.loss_when_bad", LossWhenBad, "0..1");
        Check(LossWhenGood is >= 0 and <= 1, "loss.loss_when_good", LossWhenGood, "0..1");
    }

    private static void Check(bool holds, string field, double value, string allowed) => RangeCheck.Hold(holds, field, value, allowed);
}
