// SPDX-License-Identifier: MIT
using AudioMesh.Cli.Reports;

namespace AudioMesh.Cli.Runs;

/// <summary>What a file to play is.</summary>
internal sealed record FileFacts(string Path, int Rate, int Channels, double Seconds)
{
    public static async Task<FileFacts> ReadAsync(FileSourceHandle source, string path)
    {
        int rate = await source.GetRateAsync();
        return new FileFacts(path, rate, await source.GetChannelsAsync(), await source.GetLengthAsync() / (double)rate);
    }

    public override string ToString() =>
        $"{System.IO.Path.GetFileName(Path)} ({Rate} Hz, {Texts.Count(Channels, "channel")}, {Texts.Clock(Seconds)})";
}
