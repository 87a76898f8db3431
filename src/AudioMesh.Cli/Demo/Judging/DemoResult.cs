// SPDX-License-Identifier: MIT
using AudioMesh.Cli.Demo.Live;
using AudioMesh.Cli.Eval;
using AudioMesh.Cli.Eval.Losses;
using AudioMesh.Cli.Eval.Results;

namespace AudioMesh.Cli.Demo.Judging;

/// <summary>What a run came to.</summary>
internal sealed record DemoResult
{
    public required DemoRecord Record { get; init; }

    /// <summary>Which of the packets of the recording the link lost: those of the seconds asked for.</summary>
    public required LossTrace There { get; init; }

    /// <summary>The same of all packets that B sent back.</summary>
    public required LossTrace Back { get; init; }

    /// <summary>Which of the recording's packets came, but too late to be heard.</summary>
    public required IReadOnlyList<bool> Late { get; init; }

    /// <summary>The first frame that is judged: nothing was heard before.</summary>
    public required int FirstFrame { get; init; }

    /// <summary>What was sent, as far as it is judged.</summary>
    public required Clip Reference { get; init; }

    /// <summary>The same as it was heard, by the names of methods.</summary>
    public required IReadOnlyList<(string Method, float[] Heard)> Heard { get; init; }

    /// <summary>How good that is; nothing where nothing was heard.</summary>
    public required IReadOnlyList<MethodFigures> Figures { get; init; }

    public required IReadOnlyList<GapExample> Examples { get; init; }

    public required WayTimes TimesThere { get; init; }

    public required WayTimes TimesBack { get; init; }

    public required Hop RoundTrip { get; init; }

    /// <summary>A figure of <see cref="StreamFigure.All"/>, by its key.</summary>
    public double? Figure(string method, string key) =>
        Figures.FirstOrDefault(figures => figures.Method == method)?.Values[StreamFigure.All.ToList().FindIndex(figure => figure.Key == key)];
}
