// SPDX-License-Identifier: MIT
namespace AudioMesh.Control;

/// <summary>A folder of saved graphs, a file each. Names are plain words, so that nothing outside the folder can be named. Any thread.</summary>
public sealed class GraphStore(string folder)
{
    private const int LongestName = 64;
    private const int MostBytes = ControlSession.MaxRequestBytes;

    /// <summary>The saved graphs by name.</summary>
    public IReadOnlyList<string> Names => Directory.Exists(folder)
        ? [.. Directory.EnumerateFiles(folder, "*.json").Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal)]
        : [];

    /// <summary>Keeps <paramref name="graph"/> under <paramref name="name"/>, in the place of what was there. Throws InvalidArgument, FileUnreadable, DiskFull.</summary>
    public void Save(string name, ReadOnlySpan<byte> graph)
    {
        string path = PathOf(name);
        string unfinished = $"{path}.new";
        try
        {
            Directory.CreateDirectory(folder);
            File.WriteAllBytes(unfinished, graph);
            File.Move(unfinished, path, overwrite: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new AudioMeshException(AudioErrorKind.FileUnreadable, $"The graph '{name}' cannot be kept at {path}: {error.Message}", error);
        }
    }

    /// <summary>What was kept under <paramref name="name"/>. Throws InvalidArgument, NotFound, FileUnreadable, FileInvalid.</summary>
    public byte[] Load(string name)
    {
        FileInfo file = new(PathOf(name));
        if (!file.Exists)
        {
            throw new AudioMeshException(AudioErrorKind.NotFound, $"There is no saved graph '{name}'.")
            {
                Field = "name",
                Allowed = string.Join(", ", Names),
            };
        }

        if (file.Length > MostBytes)
        {
            throw new AudioMeshException(AudioErrorKind.FileInvalid, $"{file.FullName} is longer than {MostBytes} bytes.");
        }

        try
        {
            return File.ReadAllBytes(file.FullName);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new AudioMeshException(AudioErrorKind.FileUnreadable, $"{file.FullName} cannot be read: {error.Message}", error);
        }
    }

    private string PathOf(string name)
    {
        bool isPlain = name.Length is > 0 and <= LongestName && name[0] != '.'
            && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_');
        return isPlain ? Path.Combine(folder, $"{name}.json") : throw new AudioMeshException(
            AudioErrorKind.InvalidArgument, "That is no name for a saved graph.")
        {
            Field = "name",
            Allowed = $"1..{LongestName} letters, digits, '-', '_' and '.', the first no '.'",
        };
    }
}
