// SPDX-License-Identifier: MIT
using AudioMesh.Clock;

namespace AudioMesh.Network.Stems;

/// <summary>A take to be recorded.</summary>
public sealed record TakePlan
{
    private const long FarthestNs = long.MaxValue / 4;

    /// <summary>The file to make, a .wav; its sidecar lies beside it.</summary>
    public required string Path { get; init; }

    /// <summary>The take's name, up to 255 characters; the file's without its extension where not given.</summary>
    public string Name { get; init; } = "";

    /// <summary>The mesh time of its first frame, to the nearest frame; <see cref="MeshTime.Unknown"/> begins with the next that comes.</summary>
    public MeshTime At { get; init; } = MeshTime.Unknown;

    /// <summary>The mesh time by which it ends; <see cref="MeshTime.Unknown"/> when disarmed.</summary>
    public MeshTime Until { get; init; } = MeshTime.Unknown;

    /// <summary>Replace a take that is there already.</summary>
    public bool Overwrite { get; init; }

    internal void Validate()
    {
        Check(Path.Length > 0 && System.IO.Path.GetExtension(Path).Equals(".wav", StringComparison.OrdinalIgnoreCase), nameof(Path), $"'{Path}'", "a file name that ends in .wav");
        Check(Name.Length <= TakeLimits.MostTextChars, nameof(Name), $"{Name.Length} characters long", $"up to {TakeLimits.MostTextChars}");
        Check(!At.IsKnown || Math.Abs(At.Nanoseconds / 2) < FarthestNs / 2, nameof(At), $"{At.Nanoseconds} ns", "within 73 years of mesh time 0");
        Check(!Until.IsKnown || Math.Abs(Until.Nanoseconds / 2) < FarthestNs / 2, nameof(Until), $"{Until.Nanoseconds} ns", "within 73 years of mesh time 0");
        Check(!At.IsKnown || !Until.IsKnown || At < Until, nameof(Until), "not after At", "later than At");
        foreach (string file in (string[])[Path, TakeSidecar.PathOf(Path)])
        {
            if (!Overwrite && File.Exists(file))
            {
                throw new AudioMeshException(AudioErrorKind.FileUnreadable, $"{file} exists already.");
            }
        }
    }

    private static void Check(bool holds, string field, string what, string allowed)
    {
        if (!holds)
        {
            throw new AudioMeshException(AudioErrorKind.InvalidArgument, $"A take's {field} is {what}; allowed: {allowed}.") { Field = field, Allowed = allowed };
        }
    }
}
