// SPDX-License-Identifier: MIT
using System.Diagnostics;
using AudioMesh.Latency;

namespace AudioMesh.RoundTrip;

/// <summary>The second server's side in a process of its own, since libjack knows one server a process. It ends when its input does.</summary>
internal sealed class FarProcess : IDisposable
{
    private readonly Process _process;

    public FarProcess(params string[] words)
    {
        _process = OwnProcess.Start(words);
        Said = _process.StandardOutput.ReadLine()
            ?? throw new AudioMeshException(AudioErrorKind.DeviceUnavailable, $"The far side ({words[0]}) did not start.");
    }

    /// <summary>Its first line.</summary>
    public string Said { get; }

    /// <summary>In that process: says <paramref name="line"/>, and waits until it is to end.</summary>
    public static void Stay(string line)
    {
        Console.WriteLine(line);
        Console.In.ReadToEnd();
    }

    /// <summary>In that process: says <paramref name="line"/>, and then whatever <paramref name="answer"/> gives each time it is asked, until it is to end.</summary>
    public static void Stay(string line, Func<string> answer)
    {
        Console.WriteLine(line);
        while (Console.In.ReadLine() is not null)
        {
            Console.WriteLine(answer());
        }
    }

    /// <summary>Asks it, and returns the answer.</summary>
    public string Ask()
    {
        _process.StandardInput.WriteLine();
        return _process.StandardOutput.ReadLine() ?? throw new AudioMeshException(AudioErrorKind.DeviceLost, "The far side ended.");
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }
}
