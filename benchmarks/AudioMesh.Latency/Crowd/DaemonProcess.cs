// SPDX-License-Identifier: MIT
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace AudioMesh.Latency.Crowd;

/// <summary>The daemon as it is installed, on a JACK server, at a socket in a folder of its own.</summary>
internal sealed class DaemonProcess : IDisposable
{
    private const string Graph = """
        {"nodes":[{"name":"mix","type":"mixer"},{"name":"out","type":"device_sink"}],"connections":[{"from":"mix","to":"out"}]}
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("audiomesh-crowd-");
    private readonly Process _process;

    public DaemonProcess(string server, int period)
    {
        string program = Path.Combine(
            SourceTree.Root, "artifacts", "daemon", $"linux-{RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant()}", "audiomixerd");
        if (!File.Exists(program))
        {
            throw new AudioMeshException(AudioErrorKind.NotFound, $"{program} is not there: ./build.sh build makes it.");
        }

        string config = Path.Combine(_folder.FullName, "d.toml");
        File.WriteAllText(Path.Combine(_folder.FullName, "g.json"), Graph);
        File.WriteAllText(config, $"""
            [socket]
            path = "d.sock"
            [device]
            backend = "jack"
            name = "{server}"
            period = {period}
            [graph]
            start = "g.json"
            [log]
            level = "warning"
            """);
        _process = Process.Start(new ProcessStartInfo(program, ["--config", config]))!;
        SpinWait.SpinUntil(() => File.Exists(Socket) || _process.HasExited, TimeSpan.FromSeconds(10));
    }

    public string Socket => Path.Combine(_folder.FullName, "d.sock");

    public int Descriptors => Directory.GetFileSystemEntries($"/proc/{_process.Id}/fd").Length;

    public double CpuSeconds => _process.HasExited ? 0 : Refreshed.TotalProcessorTime.TotalSeconds;

    public double ResidentMb => Refreshed.WorkingSet64 / 1048576.0;

    private Process Refreshed
    {
        get
        {
            _process.Refresh();
            return _process;
        }
    }

    public void Dispose()
    {
        using (Process end = Process.Start("kill", [_process.Id.ToString(CultureInfo.InvariantCulture)]))
        {
            end.WaitForExit();
        }

        if (!_process.WaitForExit(10_000))
        {
            _process.Kill();
        }

        _process.Dispose();
        _folder.Delete(recursive: true);
    }
}
