// SPDX-License-Identifier: MIT
namespace AudioMesh.Network.Stems;

/// <summary>Finds the sidecars that files and folders stand for.</summary>
internal static class TakeSearch
{
    private const int MostTakes = 1000;

    private static readonly EnumerationOptions Everywhere = new() { RecurseSubdirectories = true, MaxRecursionDepth = 16, AttributesToSkip = FileAttributes.ReparsePoint };

    /// <summary>Throws NotFound for what is not there or has no sidecar, and LimitExceeded.</summary>
    public static IReadOnlyList<string> Find(IEnumerable<string> places)
    {
        SortedSet<string> found = new(StringComparer.Ordinal);
        foreach (string place in places)
        {
            foreach (string sidecar in Directory.Exists(place) ? InFolder(place) : [Beside(place)])
            {
                found.Add(Path.GetFullPath(sidecar));
                if (found.Count > MostTakes)
                {
                    throw new AudioMeshException(AudioErrorKind.LimitExceeded, $"{place}: more than {MostTakes} takes.");
                }
            }
        }

        return [.. found];
    }

    private static string[] InFolder(string folder)
    {
        try
        {
            string[] sidecars = [.. Directory.EnumerateFiles(folder, "*.json", Everywhere).Where(TakeSidecar.IsSidecar).Take(MostTakes + 1)];
            return sidecars.Length > 0 ? sidecars : throw new AudioMeshException(AudioErrorKind.NotFound, $"{folder}: holds no take, which is a WAV with its sidecar NAME.take.json.");
        }
        catch (Exception e) when (TakeFiles.IsFromSystem(e))
        {
            throw TakeFiles.From(folder, e);
        }
    }

    private static string Beside(string file)
    {
        string sidecar = TakeSidecar.IsSidecar(file) ? file : TakeSidecar.PathOf(file);
        return !File.Exists(file)
            ? throw new AudioMeshException(AudioErrorKind.NotFound, $"{file}: no such file or folder.")
            : File.Exists(sidecar)
            ? sidecar
            : throw new AudioMeshException(AudioErrorKind.NotFound, $"{file}: its sidecar {Path.GetFileName(sidecar)} is missing, without which nobody knows when it was recorded.");
    }
}
