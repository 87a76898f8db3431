// SPDX-License-Identifier: MIT
using AudioMesh.Cli.Eval.Prediction;
using AudioMesh.Cli.Eval.Rivals;
using AudioMesh.Concealment;

namespace AudioMesh.Cli.Eval;

/// <summary>The methods there are.</summary>
internal static class ConcealMethods
{
    public static IReadOnlyList<ConcealMethod> All { get; } =
    [
        new("zero", "Silence.", false, (_, _) => new ZeroFill()),
        new("repeat", "The last packet again.", false, (_, frames) => new PacketRepetition(frames)),
        new("pitch", "The last pitch period again and again, after ITU-T G.711 Appendix I, made fit for music.", false, (rate, _) => new PitchRepetition(rate)),
        new("burg-short", "Burg's method as JackTrip has it: order 255 on 256 samples, more for longer packets.", false, (_, frames) => new ShortBurg(frames)),
        new("ar-128", "Burg's method of order 128 on 2048 samples.", false, (_, _) => new AutoRegression()),
        Predicted("pnbtr-lite", "256 coefficients from 1024 samples", ConcealmentProfile.Lite),
        Predicted("pnbtr", "512 coefficients from 2048 samples", ConcealmentProfile.Default),
        Predicted("pnbtr-hq", "1280 coefficients from 5120 samples, beside 512 from 2048", ConcealmentProfile.Hq),
        Ahead("pnbtr-ahead", "pnbtr", ConcealmentProfile.Default),
        Ahead("pnbtr-hq-ahead", "pnbtr-hq", ConcealmentProfile.Hq),
    ];

    /// <summary>Those named, in the order of <see cref="All"/>; all where none is. Throws InvalidArgument for a name that is not known.</summary>
    public static IReadOnlyList<ConcealMethod> Choose(IReadOnlyCollection<string> names)
    {
        if (names.FirstOrDefault(name => All.All(method => method.Name != name)) is { } unknown)
        {
            string allowed = string.Join(", ", All.Select(method => method.Name));
            throw new AudioMeshException(AudioErrorKind.InvalidArgument, $"--methods '{unknown}' is not known: {allowed}.")
            {
                Field = "--methods",
                Allowed = allowed,
            };
        }

        return names.Count == 0 ? All : [.. All.Where(method => names.Contains(method.Name))];
    }

    private static ConcealMethod Predicted(string name, string how, ConcealmentProfile profile) =>
        new(name, $"AudioMesh's own prediction: {how}.", false, (rate, _) => new PredictedChannel(rate, profile));

    private static ConcealMethod Ahead(string name, string blind, ConcealmentProfile profile) =>
        new(name, $"As {blind}, knowing the packet behind the gap.", true, (rate, _) => new PredictedChannel(rate, profile));
}
