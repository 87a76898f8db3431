// SPDX-License-Identifier: MIT
namespace AudioMesh.RoundTrip;

/// <summary>Reads samples at places between frames, by a sinc of 32 taps under a Blackman window.</summary>
internal static class BetweenFrames
{
    private const int HalfTaps = 16;

    /// <summary>Fills <paramref name="to"/> with samples from a place on, a frame apart.</summary>
    public static void Read(float[] from, double place, Span<float> to)
    {
        int whole = (int)Math.Floor(place);
        double part = place - whole;
        Span<double> taps = stackalloc double[2 * HalfTaps];
        for (int i = 0; i < taps.Length; i++)
        {
            double x = i - HalfTaps + 1 - part;
            double window = 0.42 + (0.5 * Math.Cos(Math.PI * x / HalfTaps)) + (0.08 * Math.Cos(2 * Math.PI * x / HalfTaps));
            taps[i] = Math.Abs(x) >= HalfTaps ? 0 : window * (x == 0 ? 1 : Math.Sin(Math.PI * x) / (Math.PI * x));
        }

        for (int i = 0; i < to.Length; i++)
        {
            double sum = 0;
            int first = whole + i - HalfTaps + 1;
            for (int tap = 0; tap < taps.Length; tap++)
            {
                sum += taps[tap] * from[first + tap];
            }

            to[i] = (float)sum;
        }
    }
}
