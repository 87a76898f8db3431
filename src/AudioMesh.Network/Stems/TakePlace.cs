// SPDX-License-Identifier: MIT
using System.Text;

namespace AudioMesh.Network.Stems;

/// <summary>Where a take lies below a folder, as hosts tell each other: never out of it.</summary>
internal static class TakePlace
{
    private const int MostChars = 1024;
    private const int MostNameBytes = 200;
    private const int MostDepth = 16;

    /// <summary>The place of a sidecar in a folder; null for one that others could not take.</summary>
    public static string? Of(string folder, string sidecarPath)
    {
        string place = Path.GetRelativePath(folder, sidecarPath).Replace(Path.DirectorySeparatorChar, '/');
        place = place[..^TakeSidecar.PathOf("").Length];
        return IsValid(place) ? place : null;
    }

    /// <summary>Whether it is plain names joined by '/', none of which means another folder, is hidden, or has what some system's file names may not have.</summary>
    public static bool IsValid(string place)
    {
        string[] names = place.Split('/');
        return place.Length <= MostChars && names.Length <= MostDepth && names.All(IsName);
    }

    /// <summary>The sidecar below <paramref name="folder"/>.</summary>
    public static string SidecarOf(string folder, string place) => Path.Combine([folder, .. Checked(place).Split('/')]) + TakeSidecar.PathOf("");

    /// <summary>Throws Protocol, naming it.</summary>
    public static string Checked(string place) =>
        IsValid(place) ? place : throw new AudioMeshException(AudioErrorKind.Protocol, $"'{Shown(place)}' is no take's place: it is not plain names of files.") { Field = "place" };

    /// <summary>The name of the sound beside a sidecar. Throws FileInvalid for another: two takes would be one file.</summary>
    public static string SoundOf(TakeSidecar sidecar, string place)
    {
        string name = place[(place.LastIndexOf('/') + 1)..];
        bool isIts = IsName(sidecar.FileName) && Path.GetFileNameWithoutExtension(sidecar.FileName) == name && Path.GetExtension(sidecar.FileName).Equals(".wav", StringComparison.OrdinalIgnoreCase);
        return isIts ? sidecar.FileName : throw TakeFiles.Invalid(Shown(place), $"its sound '{Shown(sidecar.FileName)}' is not named as it is");
    }

    private static bool IsName(string name) =>
        name.Length > 0 && Encoding.UTF8.GetByteCount(name) <= MostNameBytes && name[0] is not ('.' or ' ') && name[^1] is not ('.' or ' ')
        && !name.EnumerateRunes().Contains(Rune.ReplacementChar) && !name.Any(letter => char.IsControl(letter) || letter is '\\' or ':' or '*' or '?' or '"' or '<' or '>' or '|' or '/');

    private static string Shown(string text) => string.Concat(text.Take(80).Select(letter => char.IsControl(letter) ? ' ' : letter));
}
