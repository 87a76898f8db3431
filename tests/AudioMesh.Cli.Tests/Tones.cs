// SPDX-License-Identifier: MIT
namespace AudioMesh.Cli.Tests;

/// <summary>Signals that are known to the last sample.</summary>
internal static class Tones
{
    /// <summary>A few slowly beating partials, never silent for long, with a little noise.</summary>
    public static float[] Chord(int frames, int rate, double hz)
    {
        Random random = new(5);
        return [.. Enumerable.Range(0, frames).Select(n => (float)(
            (0.2 * Sine(n, rate, hz)) + (0.15 * Sine(n, rate, hz * 1.26)) + (0.1 * Sine(n, rate, hz * 2.01)) + (0.002 * (random.NextDouble() - 0.5))))];
    }

    /// <summary>A cosine that begins anew every <paramref name="period"/> frames, the same to the bit.</summary>
    public static float[] Periodic(int frames, int period, double amplitude)
    {
        float[] once = [.. Enumerable.Range(0, period).Select(n => (float)(amplitude * Math.Cos(2 * Math.PI * n / period)))];
        return [.. Enumerable.Range(0, frames).Select(n => once[n % period])];
    }

    private static double Sine(int n, int rate, double hz) => Math.Sin(2 * Math.PI * hz * n / rate);
}
