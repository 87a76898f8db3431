// SPDX-License-Identifier: MIT
using AudioMesh.Network.Stems;

namespace AudioMesh.Cli.Takes;

/// <summary>Which of the takes that hosts hand over are meant.</summary>
internal static class TakeChoice
{
    /// <summary>Those named, all without a name. Throws NotFound for a name that nobody has, and InvalidArgument where they were not recorded together: before they are fetched.</summary>
    public static IReadOnlyList<(TakeSource Source, TakeOffer Take)> Of(IReadOnlyList<(TakeSource Source, TakeOffer Take)> offers, IReadOnlyList<string> names)
    {
        if (names.FirstOrDefault(name => !offers.Any(offer => IsNamed(offer.Take, name))) is { } unknown)
        {
            throw new AudioMeshException(AudioErrorKind.NotFound, $"Nobody has a take '{unknown}': 'audiomesh takes' shows which there are.");
        }

        (TakeSource Source, TakeOffer Take)[] chosen = [.. offers.Where(offer => names.Count == 0 || names.Any(name => IsNamed(offer.Take, name))).OrderBy(offer => offer.Take.Start)];
        if (chosen.Length == 0)
        {
            throw new AudioMeshException(AudioErrorKind.NotFound, "No host has a finished take.");
        }

        Clock.MeshTime end = chosen[0].Take.End;
        foreach ((TakeSource source, TakeOffer take) in chosen)
        {
            if (take.MeshId != chosen[0].Take.MeshId || take.Start > end)
            {
                throw new AudioMeshException(
                    AudioErrorKind.InvalidArgument,
                    $"{source.Host}'s {take.Place} was not recorded together with {chosen[0].Source.Host}'s {chosen[0].Take.Place}: --take NAME chooses, 'audiomesh takes' shows which there are.");
            }

            end = take.End > end ? take.End : end;
        }

        return chosen;
    }

    private static bool IsNamed(TakeOffer take, string name) => take.Name == name || take.Place == name;
}
