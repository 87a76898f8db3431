// SPDX-License-Identifier: MIT
namespace AudioMesh.Network.Impairment;

/// <summary>Links as musicians have them, by name; one direction each. docs/impairments.md has them as a table.</summary>
public static class ImpairmentPresets
{
    private static readonly OrderedDictionary<string, ImpairmentOptions> Presets = new()
    {
        ["none"] = new(),
        ["lan"] = Link(GilbertElliott.Independent(0), 0.05, 0.05, JitterShape.Uniform),
        ["fibre"] = Link(GilbertElliott.Of(0.001, 1), 3, 0.1, JitterShape.Normal),
        ["good"] = Link(GilbertElliott.Of(0.01, 1.2), 8, 0.5, JitterShape.Normal),
        ["wifi"] = Link(GilbertElliott.Of(0.05, 2), 1.5, 1, JitterShape.HeavyTailed),
        ["bad-wifi"] = Link(GilbertElliott.Of(0.1, 4), 3, 3, JitterShape.HeavyTailed) with
        {
            ReorderShare = 0.005,
            DuplicateShare = 0.002,
        },
        ["is2"] = Link(GilbertElliott.Of(0.1, 1.39), 20, 3, JitterShape.HeavyTailed),
        ["congested"] = Link(GilbertElliott.Of(0.005, 3), 10, 2, JitterShape.Normal) with
        {
            BytesPerSecond = 250_000,
            QueueBytes = 50_000,
        },
        ["outage-60ms"] = Out(5, 60),
        ["outage-500ms"] = Out(5, 500),
        ["outage-5s"] = Out(30, 5000),
    };

    /// <summary>The names, from none to worst.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Presets.Keys];

    /// <summary>The link called <paramref name="name"/>. Throws InvalidArgument where there is none.</summary>
    public static ImpairmentOptions Find(string name) => Presets.TryGetValue(name, out ImpairmentOptions? options)
        ? options
        : throw new AudioMeshException(AudioErrorKind.InvalidArgument, $"There is no preset '{name}'.")
        {
            Field = "preset",
            Allowed = string.Join(", ", Names),
        };

    private static ImpairmentOptions Link(GilbertElliott loss, double delayMs, double jitterMs, JitterShape shape) => new()
    {
        Loss = loss,
        Delay = TimeSpan.FromMilliseconds(delayMs),
        Jitter = TimeSpan.FromMilliseconds(jitterMs),
        JitterShape = shape,
    };

    private static ImpairmentOptions Out(double everySeconds, double lengthMs) => new()
    {
        Delay = TimeSpan.FromMilliseconds(3),
        Jitter = TimeSpan.FromMilliseconds(0.1),
        JitterShape = JitterShape.Normal,
        RandomOutageEvery = TimeSpan.FromSeconds(everySeconds),
        RandomOutageLength = TimeSpan.FromMilliseconds(lengthMs),
    };
}
