// SPDX-License-Identifier: MIT
namespace AudioMesh.Cli.Eval.Report;

/// <summary>The file that the page is written to, opened before the work is done.</summary>
internal sealed class ReportFile : IDisposable
{
    private readonly string _path;
    private readonly FileStream _file;

    /// <summary>Leaves what is in the file for now. Throws FileUnreadable.</summary>
    public ReportFile(string path)
    {
        _path = path;
        _file = Try(() => new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write));
    }

    /// <summary>Replaces what is in the file. Throws FileUnreadable.</summary>
    public void Write(string page) => Try(() =>
        {
            _file.SetLength(0);
            using StreamWriter writer = new(_file, leaveOpen: true);
            writer.Write(page);
            return _file;
        });

    public void Dispose() => _file.Dispose();

    private FileStream Try(Func<FileStream> body)
    {
        try
        {
            return body();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new AudioMeshException(AudioErrorKind.FileUnreadable, $"{_path}: {e.Message}", e);
        }
    }
}
