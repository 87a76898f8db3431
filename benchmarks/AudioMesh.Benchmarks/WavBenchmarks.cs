// SPDX-License-Identifier: MIT
using AudioMesh.Files;
using BenchmarkDotNet.Attributes;

namespace AudioMesh.Benchmarks;

/// <summary>Reading a WAV file that is in the page cache, 1024 stereo frames at a time, from the start again at its end.</summary>
public class WavBenchmarks
{
    private const int Frames = 1024;
    private readonly float[] _block = new float[Frames * 2];
    private string _path = "";
    private IAudioFileReader _reader = null!;

    [Params(FileSampleFormat.Int16, FileSampleFormat.Int24, FileSampleFormat.Float32)]
    public FileSampleFormat Format { get; set; }

    [GlobalSetup]
    public void SetUp()
    {
        _path = Path.Combine(Path.GetTempPath(), $"audiomesh-bench-{Environment.ProcessId}-{Format}.wav");
        using (IAudioFileWriter writer = AudioFile.Create(_path, new AudioFileOptions { Rate = 48000, Channels = 2, Format = Format }))
        {
            writer.Write(Sound.Make(2 * 48000));
        }

        _reader = AudioFile.OpenRead(_path);
    }

    [GlobalCleanup]
    public void CleanUp()
    {
        _reader.Dispose();
        File.Delete(_path);
    }

    [Benchmark]
    public void Read()
    {
        if (_reader.Read(_block) < Frames)
        {
            _reader.Seek(0);
        }
    }
}
