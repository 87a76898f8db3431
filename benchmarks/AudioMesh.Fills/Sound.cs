// SPDX-License-Identifier: MIT
namespace AudioMesh.Fills;

/// <summary>A chord of decaying strings with some noise, each seed its own.</summary>
internal sealed class Sound(int seed)
{
    public const int Rate = 48000;
    private const int Strike = 24000;

    private readonly double _first = 110 + (7 * seed);
    private long _frame;
    private uint _noise = (uint)seed;

    /// <summary>The next samples.</summary>
    public void Next(Span<float> samples)
    {
        Peek(samples);
        _frame += samples.Length;
    }

    /// <summary>The next samples, which are next again afterwards.</summary>
    public void Peek(Span<float> samples)
    {
        for (int i = 0; i < samples.Length; i++)
        {
            double at = _frame + i;
            double decay = Math.Exp(-(at % Strike) / 12000);
            _noise = (_noise * 1664525) + 1013904223;
            samples[i] = (float)((0.3 * decay * (Tone(at, 1) + Tone(at, 1.26) + Tone(at, 1.5))) + (1e-4 * (int)_noise / 2147483648.0));
        }
    }

    private double Tone(double frame, double interval) => Math.Sin(2 * Math.PI * _first * interval * frame / Rate);
}
