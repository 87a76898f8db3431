// SPDX-License-Identifier: MIT
using AudioMesh.Cli.Eval.Metrics;
using AudioMesh.Cli.Eval.Results;

namespace AudioMesh.Cli.Eval.Report;

/// <summary>Pictures of a gap in one scale: time to the right, mel upwards, the colour from 80 dB below the loudest place of the reference to it.</summary>
internal sealed class SpectrogramPicture
{
    private const int Width = 240;
    private const int Height = 128;
    private const int WindowFrames = 512;
    private const double RangeDb = 80;
    private const double HighestHz = 16_000;

    private readonly Excerpt _excerpt;
    private readonly int _rate;
    private readonly PowerSpectrum _spectrum = new(WindowFrames);
    private readonly double _loudestDb;

    public SpectrogramPicture(GapExample example, Excerpt excerpt)
    {
        _excerpt = excerpt;
        _rate = example.Rate;
        _loudestDb = Levels(example.Reference).Max();
    }

    /// <summary>Where the gap begins, in percent of the width.</summary>
    public double GapStart => 100.0 * _excerpt.GapStart / _excerpt.Frames;

    /// <summary>Percent of the width that the gap takes.</summary>
    public double GapWidth => 100.0 * _excerpt.GapFrames / _excerpt.Frames;

    /// <summary>A data URI.</summary>
    public string Write(float[] samples)
    {
        byte[] pixels = [.. Levels(samples).Select(db => (byte)Math.Clamp(255 * (1 + ((db - _loudestDb) / RangeDb)), 0, 255))];
        return $"data:image/png;base64,{Convert.ToBase64String(PngImage.Write(pixels, Width, SpectrogramColours.Palette))}";
    }

    /// <summary>Decibels, row by row from the top.</summary>
    private double[] Levels(float[] samples)
    {
        double[] levels = new double[Width * Height];
        double[] powers = new double[_spectrum.Bins];
        for (int column = 0; column < Width; column++)
        {
            int middle = _excerpt.Start + (int)((column + 0.5) * _excerpt.Frames / Width);
            _spectrum.Measure(samples, middle - (WindowFrames / 2), powers);
            for (int row = 0; row < Height; row++)
            {
                levels[(row * Width) + column] = 10 * Math.Log10(At(powers, HzOf(row) * WindowFrames / _rate) + 1e-12);
            }
        }

        return levels;
    }

    private double HzOf(int row)
    {
        double highestMel = Math.Log(1 + (Math.Min(HighestHz, _rate / 2.0) / 700));
        return 700 * (Math.Exp(highestMel * (Height - row - 0.5) / Height) - 1);
    }

    private static double At(double[] powers, double bin)
    {
        int below = Math.Min((int)bin, powers.Length - 2);
        double power = double.Lerp(powers[below], powers[below + 1], bin - below);
        return double.IsFinite(power) ? power : 0;
    }
}
