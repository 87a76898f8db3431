// SPDX-License-Identifier: MIT
namespace AudioMesh.Network.Impairment;

/// <summary>Draws the lateness of packets. Uses only what IEEE 754 rounds exactly, so that all machines draw the same.</summary>
internal struct JitterSource(JitterShape shape, long meanNs, ulong seed)
{
    private const double HeavyCut = 51;
    private Pcg32 _random = new(seed);

    public long NextNs() => meanNs == 0 ? 0 : (long)(meanNs * NextTimesMean());

    private double NextTimesMean() => shape switch
    {
        JitterShape.Normal => Math.Max(0, 1 + (NextNormal() / 3)),
        JitterShape.HeavyTailed => NextHeavyTailed(),
        _ => 2 * _random.NextShare(),
    };

    // The sum of twelve uniform numbers has variance 1 and is normal to about three times that.
    private double NextNormal()
    {
        double sum = -6;
        for (int i = 0; i < 12; i++)
        {
            sum += _random.NextShare();
        }

        return sum;
    }

    // Cut off at HeavyCut, a Lomax distribution of shape 2 has the mean scale (1 - 1 / HeavyCut).
    private double NextHeavyTailed()
    {
        double scale = HeavyCut / (HeavyCut - 1);
        double above = 1 - _random.NextShare();
        return Math.Min(HeavyCut, scale * ((1 / Math.Sqrt(above)) - 1));
    }
}
