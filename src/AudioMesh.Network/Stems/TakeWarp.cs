// SPDX-License-Identifier: MIT
using AudioMesh.Dsp;
using AudioMesh.Files;

namespace AudioMesh.Network.Stems;

/// <summary>
/// Brings a take onto the frames of mesh time: reads it through the band-limited <see cref="Resampler"/> at a ratio that is set anew for every block, such that
/// each block ends where the clock map says, whatever the blocks before came to.
/// </summary>
internal sealed class TakeWarp
{
    private const int BlockFrames = 480;

    // Goes ahead of the sound, in silence, to come to its first place between two frames.
    private const int LeadFrames = 4800;
    private const double LeadDeviation = 1.5 / LeadFrames;

    private readonly IAudioFileReader _sound;
    private readonly TakeMap _map;
    private readonly Resampler _resampler;
    private readonly int _rate;
    private readonly float[] _input;
    private readonly float[] _output;
    private double _place;
    private long _silence;

    public TakeWarp(IAudioFileReader sound, TakeSidecar take, int rate)
    {
        _sound = sound;
        _map = new TakeMap(take);
        _rate = rate;
        double ratio = (double)rate / take.Rate;
        double most = 1 + ((_map.MostDeviation + LeadDeviation) * 1.01);
        _resampler = new Resampler(
            new ResamplerFilter(new ResamplerOptions
            {
                FromRate = take.Rate,
                ToRate = rate,
                Precision = ResamplerPrecision.Double,
                LowestRatio = ratio / most,
                HighestRatio = ratio * most,
            }),
            take.Channels,
            skipsLatency: true);
        _input = new float[take.Channels * 4096];
        _output = new float[take.Channels * BlockFrames];
    }

    /// <summary>Writes <paramref name="frames"/> frames, the first of them frame <paramref name="first"/> of mesh time.</summary>
    public void Write(IAudioFileWriter stem, long first, long frames, CancellationToken cancellation)
    {
        double start = _map.PlaceOf(first, _rate);
        _silence = (long)Math.Round(LeadFrames / _resampler.Ratio);
        _place = -_silence;
        Fill(LeadFrames, start, _ => { });
        for (long done = 0; done < frames;)
        {
            cancellation.ThrowIfCancellationRequested();
            int block = (int)Math.Min(BlockFrames, frames - done);
            Fill(block, _map.PlaceOf(first + done + block, _rate), count => stem.Write(_output.AsSpan(0, count * _sound.Info.Channels)));
            done += block;
        }
    }

    /// <summary>Makes <paramref name="frames"/> frames, after which it is at <paramref name="end"/> of the take.</summary>
    private void Fill(int frames, double end, Action<int> taken)
    {
        int channels = _sound.Info.Channels;
        _resampler.Ratio = frames / (end - _place);
        _place += frames / _resampler.Ratio;
        while (frames > 0)
        {
            int wanted = Math.Min(frames, BlockFrames);
            int read = Read(Math.Min(_input.Length / channels, _resampler.InputFramesFor(wanted)));
            int made = _resampler.Process(_input.AsSpan(0, read * channels), _output.AsSpan(0, wanted * channels), out _);
            taken(made);
            frames -= made;
        }
    }

    // Before the sound and behind it there is silence.
    private int Read(int frames)
    {
        int channels = _sound.Info.Channels;
        Span<float> input = _input.AsSpan(0, frames * channels);
        int silent = (int)Math.Min(_silence, frames);
        input[..(silent * channels)].Clear();
        _silence -= silent;
        int read = _sound.Read(input[(silent * channels)..]);
        input[((silent + read) * channels)..].Clear();
        return frames;
    }
}
