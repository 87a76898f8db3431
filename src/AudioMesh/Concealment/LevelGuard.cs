// SPDX-License-Identifier: MIT
using AudioMesh.Dsp;
using AudioMesh.Realtime;

namespace AudioMesh.Concealment;

/// <summary>
/// Holds a fill to the level that was there before: no 32 frames louder than 1.41 times the loudest 32 of the last 1024, no sample over
/// twice their peak, and nothing that is no number. What fills made themselves does not raise the level, or one would build on the other.
/// </summary>
[RealtimeSafe]
internal struct LevelGuard
{
    /// <summary>Samples before the gap that tell the level.</summary>
    public const int Samples = 1024;

    private const int Block = 32;
    private const float MostRise = 2;

    private float _power;
    private float _peak;
    private float _powerLimit;
    private float _peakLimit;
    private float _gain;

    /// <summary>Learns the level from the newest <see cref="Samples"/> samples, of which the last <paramref name="heard"/> came and the others may have been made.</summary>
    public void Begin(ReadOnlySpan<float> samples, int heard)
    {
        (float power, float peak) = LevelOf(samples);
        if (heard < samples.Length)
        {
            (float heardPower, float heardPeak) = LevelOf(samples[^heard..]);
            (power, peak) = (Math.Max(heardPower, Math.Min(power, _power)), Math.Max(heardPeak, Math.Min(peak, _peak)));
        }

        (_power, _peak, _powerLimit, _peakLimit, _gain) = (power, peak, MostRise * power, MostRise * peak, 1);
    }

    /// <summary>Turns down what is too loud; what was turned down stays so until the next <see cref="Begin"/>.</summary>
    public void Limit(Span<float> fill)
    {
        for (int n = 0; n < fill.Length; n += Block)
        {
            LimitBlock(fill.Slice(n, Math.Min(Block, fill.Length - n)));
        }
    }

    // Where there was something that is no sound there is nothing to go on with.
    private static (float Power, float Peak) LevelOf(ReadOnlySpan<float> samples)
    {
        float loudest = 0;
        for (int n = 0; n < samples.Length; n += Block)
        {
            loudest = Math.Max(loudest, LaneSums.Squares(samples.Slice(n, Math.Min(Block, samples.Length - n))));
        }

        return float.IsFinite(loudest) ? (loudest / Block, Peak.Measure(samples)) : (0, 0);
    }

    private void LimitBlock(Span<float> block)
    {
        float power = LaneSums.Squares(block) / block.Length;
        if (_gain == 1 && power <= _powerLimit && Peak.Measure(block) <= _peakLimit)
        {
            return;
        }

        float gain = Math.Min(_gain, power <= _powerLimit ? 1 : float.IsFinite(power) ? MathF.Sqrt(_powerLimit / power) : 0);
        for (int i = 0; i < block.Length; i++)
        {
            float sample = block[i] * (_gain + ((gain - _gain) * ((i + 1f) / block.Length)));
            block[i] = float.IsNaN(sample) ? 0 : Math.Clamp(sample, -_peakLimit, _peakLimit);
        }

        _gain = gain;
    }
}
