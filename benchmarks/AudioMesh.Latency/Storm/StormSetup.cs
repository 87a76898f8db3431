// SPDX-License-Identifier: MIT
namespace AudioMesh.Latency.Storm;

/// <summary>One trial: which engine plays, and what the app does meanwhile.</summary>
internal sealed record StormSetup
{
    public required string Backend { get; init; }

    /// <summary>A JACK server or an ALSA PCM; empty for the backend's default.</summary>
    public string Device { get; init; } = "";

    public required int Period { get; init; }

    public required int Seconds { get; init; }

    public required string Host { get; init; }

    public required int DepthMs { get; init; }

    public required int HeapMb { get; init; }

    public required int Threads { get; init; }

    /// <summary>The words that give a process of this program the same setup.</summary>
    public string[] ToArguments() =>
    [
        "--backend", Backend, "--device", Device, "--period", $"{Period}", "--seconds", $"{Seconds}", "--host", Host,
        "--depth-ms", $"{DepthMs}", "--heap-mb", $"{HeapMb}", "--threads", $"{Threads}",
    ];
}
