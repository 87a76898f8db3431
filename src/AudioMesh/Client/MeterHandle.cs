// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text.Json;

namespace AudioMesh;

/// <summary>A meter.</summary>
public sealed class MeterHandle : MeshNode
{
    internal MeterHandle(AudioMeshEngine engine, int id)
        : base(engine, id)
    {
    }

    /// <summary>Peak level of each channel in dB, falling 20 dB a second.</summary>
    public Task<double[]> GetPeakDbAsync(CancellationToken cancellation = default) => GetAsync("peak_db", Split, cancellation);

    /// <summary>True peak level of each channel in dB, between the samples too, falling 20 dB a second.</summary>
    public Task<double[]> GetTruePeakDbAsync(CancellationToken cancellation = default) => GetAsync("true_peak_db", Split, cancellation);

    /// <summary>RMS level of each channel in dB, over 300 ms.</summary>
    public Task<double[]> GetRmsDbAsync(CancellationToken cancellation = default) => GetAsync("rms_db", Split, cancellation);

    private static double[] Split(JsonElement levels) =>
        [.. levels.GetString()!.Split(' ').Select(level => double.Parse(level, CultureInfo.InvariantCulture))];
}
