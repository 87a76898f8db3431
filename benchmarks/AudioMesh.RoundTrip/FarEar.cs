// SPDX-License-Identifier: MIT
using System.Globalization;

namespace AudioMesh.RoundTrip;

/// <summary>Hears a port of the second server, in a process of its own.</summary>
internal sealed class FarEar : IDisposable
{
    /// <summary>The word by which this program is the ear.</summary>
    public const string Word = "far-ear";

    private readonly string _file = Path.GetTempFileName();
    private readonly FarProcess _process;

    /// <summary>Begins to hear, for so many frames at most.</summary>
    public FarEar(string server, string port, int frames) =>
        _process = new FarProcess(Word, server, port, frames.ToString(CultureInfo.InvariantCulture), _file);

    /// <summary>What was heard so far.</summary>
    public Recorded Recorded
    {
        get
        {
            _process.Ask();
            return Recorded.Read(_file);
        }
    }

    /// <summary>In that process.</summary>
    public static void Run(string server, string port, int frames, string file)
    {
        using SoundClient client = new(server, [], frames);
        client.Hear(port);
        client.Arm();
        FarProcess.Stay("hears", () =>
        {
            client.Recorded.Write(file);
            return "written";
        });
    }

    public void Dispose()
    {
        _process.Dispose();
        File.Delete(_file);
    }
}
