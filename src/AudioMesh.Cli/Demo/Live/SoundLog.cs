// SPDX-License-Identifier: MIT
using AudioMesh.Clock;
using AudioMesh.Network.Session;
using AudioMesh.Realtime;

namespace AudioMesh.Cli.Demo.Live;

/// <summary>Sound as it passed a place of the graph, its channels mixed into one, with the times of its blocks. Written by the device thread, read when that has stopped.</summary>
internal sealed class SoundLog(int mostFrames, int mostBlocks)
{
    private readonly float[] _samples = new float[mostFrames];
    private readonly SoundBlock[] _blocks = new SoundBlock[mostBlocks];
    private int _frames;
    private int _count;
    private double _position = double.NaN;

    /// <summary>What was heard, if it is from a stream: then blocks have its positions.</summary>
    public IncomingStream? Stream { get; set; }

    public ReadOnlySpan<float> Samples => _samples.AsSpan(0, Frames);

    public ReadOnlySpan<SoundBlock> Blocks => _blocks.AsSpan(0, Volatile.Read(ref _count));

    /// <summary>Frames so far. Any thread.</summary>
    public int Frames => Volatile.Read(ref _frames);

    /// <summary>Keeps a block. Device thread.</summary>
    [RealtimeSafe]
    public unsafe void Add(float** channels, int channelCount, int frames, MeshTime outputTime)
    {
        double position = Stream?.Receiver?.Position ?? double.NaN;
        if (_frames + frames <= _samples.Length && _count < _blocks.Length)
        {
            Span<float> to = _samples.AsSpan(_frames, frames);
            for (int frame = 0; frame < frames; frame++)
            {
                float sum = 0;
                for (int channel = 0; channel < channelCount; channel++)
                {
                    sum += channels[channel][frame];
                }

                to[frame] = sum / channelCount;
            }

            _blocks[_count] = new SoundBlock(_frames, frames, outputTime, _position, position);
            Volatile.Write(ref _frames, _frames + frames);
            Volatile.Write(ref _count, _count + 1);
        }

        _position = position;
    }
}
