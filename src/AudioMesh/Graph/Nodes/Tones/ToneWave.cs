// SPDX-License-Identifier: MIT
using AudioMesh.Realtime;

namespace AudioMesh.Graph.Nodes;

/// <summary>One kind of signal that a <see cref="ToneNode"/> makes, with a peak of 1.</summary>
internal abstract class ToneWave
{
    /// <summary>What is made, by name.</summary>
    public static IReadOnlyList<string> Names { get; } = ["sine", "square", "saw", "white", "pink", "sweep", "impulse"];

    /// <summary>The wave called <paramref name="name"/>. A sweep goes to <paramref name="endHz"/> in <paramref name="seconds"/>.</summary>
    public static ToneWave Create(string name, double endHz, double seconds) => name switch
    {
        "sine" => new SineWave(),
        "square" => new SquareWave(),
        "saw" => new SawWave(),
        "white" => new WhiteNoise(),
        "pink" => new PinkNoise(),
        "sweep" => new SweptSine(endHz, seconds),
        _ => new ImpulseTrain(),
    };

    /// <summary>Writes what comes next, at a frequency of <paramref name="cyclesPerFrame"/>; noise has none. Device thread.</summary>
    [RealtimeSafe]
    public abstract void Render(Span<float> samples, double cyclesPerFrame, int rate);
}
