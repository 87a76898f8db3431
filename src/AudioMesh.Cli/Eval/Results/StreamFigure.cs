// SPDX-License-Identifier: MIT
using AudioMesh.Cli.Eval.Metrics;

namespace AudioMesh.Cli.Eval.Results;

/// <summary>A figure by which a stream is judged.</summary>
/// <param name="Key">Its name in JSON.</param>
/// <param name="Heading">Its name in tables.</param>
/// <param name="Format">How it is written, as .NET formats numbers.</param>
/// <param name="Meaning">What it says, in a line.</param>
/// <param name="Measure">Takes it; null where there is nothing to measure.</param>
internal sealed record StreamFigure(string Key, string Heading, string Format, string Meaning, Func<StreamMeasures, double?> Measure)
{
    /// <summary>All, in the order of <see cref="MethodFigures.Values"/>.</summary>
    public static IReadOnlyList<StreamFigure> All { get; } =
    [
        new("gap_mean_db", "GAP MEAN", "0.0", "error inside gaps against what was lost, dB, clipped to -40..+6: mean over the gaps", sound => sound.GapMeanDb),
        new("gap_median_db", "MEDIAN", "0.0", "half of the gaps are worse", sound => sound.GapDb(0.5)),
        new("gap_p90_db", "P90", "0.0", "one gap in ten is worse", sound => sound.GapDb(0.9)),
        new("snr_db", "SNR", "0.0", "energy of the whole stream against that of all errors, dB", sound => sound.SnrDb),
        new("mel_sc", "MEL-SC", "0.000", "spectral convergence on 64 mel bands; 0 is the same", sound => sound.MelConvergence),
        new("lsd_db", "LSD", "0.0", "log-spectral distance around gaps, dB; 0 is the same", sound => sound.SpectralDistanceDb),
        new("click_db", "CLICK", "0.00", "second difference at the edges of gaps above that of the music there, dB", sound => sound.ClickDb),
        new("level_median_db", "LEVEL", "0.0", "level of fills against what was lost, dB, clipped to -60..+60: the median", sound => sound.LevelDb(0.5)),
        new("level_p10_db", "P10", "0.0", "one fill in ten is softer", sound => sound.LevelDb(0.1)),
        new("level_p90_db", "P90", "0.0", "one fill in ten is louder", sound => sound.LevelDb(0.9)),
        new("post_gap_share", "AFTER", "0.00", "share of the error's energy outside of gaps", sound => sound.ShareAfter),
        new("peak_ratio", "PEAK", "0.00", "highest peak against that of the music", sound => sound.PeakRatio),
    ];
}
