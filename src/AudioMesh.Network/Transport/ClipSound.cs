// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;
using AudioMesh.Files;
using AudioMesh.Network.Media;
using AudioMesh.Realtime;

namespace AudioMesh.Network.Transport;

/// <summary>A file's samples in memory, to be read from any place and at almost any pace. Device thread, but for loading.</summary>
internal sealed unsafe class ClipSound
{
    /// <summary>Silence before and after, so that a filter finds what it asks for.</summary>
    private const int Margin = FractionalKernels.Taps;

    private const int ReadFrames = 4096;
    private readonly FractionalKernels _kernels = FractionalKernels.Shared;
    private readonly float[][] _channels;

    private ClipSound(AudioFileInfo info, float[][] channels) => (Info, _channels) = (info, channels);

    /// <summary>The file.</summary>
    public AudioFileInfo Info { get; }

    /// <summary>Reads all of a file. Throws what opening it throws, and LimitExceeded where it is longer than <paramref name="mostSamples"/>. Control thread.</summary>
    public static ClipSound Load(string path, long mostSamples)
    {
        using IAudioFileReader reader = AudioFile.OpenRead(path);
        AudioFileInfo info = reader.Info;
        if (info.Frames * info.Channels > mostSamples)
        {
            throw new AudioMeshException(AudioErrorKind.LimitExceeded, $"clip: {path} has {info.Frames} frames of {info.Channels} channels, more than {mostSamples} samples.") { Field = "path" };
        }

        float[][] channels = [.. Enumerable.Range(0, info.Channels).Select(_ => GC.AllocateArray<float>((int)info.Frames + (2 * Margin), pinned: true))];
        float[] block = new float[ReadFrames * info.Channels];
        for (int at = 0, frames; (frames = Math.Min(reader.Read(block), (int)info.Frames - at)) > 0; at += frames)
        {
            for (int i = 0; i < frames * info.Channels; i++)
            {
                channels[i % info.Channels][Margin + at + (i / info.Channels)] = block[i];
            }
        }

        return new ClipSound(info, channels);
    }

    /// <summary>Fills <paramref name="output"/> with a channel from a frame on, as it is; with silence beside the file.</summary>
    [RealtimeSafe]
    public void Copy(int channel, long from, Span<float> output)
    {
        int quiet = (int)Math.Clamp(-from, 0, output.Length);
        int frames = (int)Math.Clamp(Info.Frames - from - quiet, 0, output.Length - quiet);
        output[..quiet].Clear();
        if (frames > 0)
        {
            new ReadOnlySpan<float>(_channels[channel], Margin + (int)(from + quiet), frames).CopyTo(output[quiet..]);
        }

        output[(quiet + frames)..].Clear();
    }

    /// <summary>The same from a place between frames, and with <paramref name="step"/> frames from each sample to the next.</summary>
    [RealtimeSafe]
    public void Resample(int channel, long from, double part, double step, Span<float> output)
    {
        float* sound = (float*)Unsafe.AsPointer(ref _channels[channel][Margin]); // pinned
        for (int i = 0; i < output.Length; i++)
        {
            double place = part + (i * step);
            double floor = Math.Floor(place);
            long frame = from + (long)floor;
            output[i] = frame < 0 || frame >= Info.Frames
                ? 0
                : _kernels.At(FractionalKernels.MostAhead, place - floor).Apply(sound + frame - (FractionalKernels.Before - 1));
        }
    }
}
