// SPDX-License-Identifier: MIT
using System.Numerics;
using AudioMesh.Clock;
using AudioMesh.Files;
using AudioMesh.Realtime;

namespace AudioMesh.Backends.WavFile;

/// <summary>
/// Carries blocks through a bounded ring to a thread that writes them to a file: the device thread never waits for the disk. When
/// the disk fails the stream is lost; what is in the file by then stays playable.
/// </summary>
internal sealed unsafe class FileRecorder : IBlockSink
{
    private const int ChunkFrames = 4096;
    private const int LookMs = 5;
    private const int MostBytes = 16 * 1024 * 1024;
    private readonly DeviceStream _stream;
    private readonly IAudioFileWriter _file;
    private readonly FrameRing _ring;
    private readonly Thread _thread;
    private bool _hasFailed;

    /// <summary>Takes over <paramref name="file"/>. The ring holds two seconds, or as much of them as fits into 16 MiB.</summary>
    public FileRecorder(DeviceStream stream, StreamInfo info, IAudioFileWriter file)
    {
        _stream = stream;
        _file = file;
        int most = MostBytes / sizeof(float) / info.OutputChannels;
        int depth = Math.Max(Math.Min(2 * info.Rate, most), 2 * info.PeriodFrames);
        _ring = FrameRing.Create(new FrameRingOptions
        {
            CapacityFrames = (int)BitOperations.RoundUpToPowerOf2((uint)depth),
            Channels = info.OutputChannels,
            Rate = info.Rate,
        });
        _thread = new Thread(WriteFile) { Name = "am-wav-writer", IsBackground = true };
        _thread.Start();
    }

    [RealtimeSafe]
    public bool TryWrite(in DeviceBlock block)
    {
        FrameRingWriter writer = _ring.Writer;
        return writer.WritableFrames >= block.Frames
            && writer.WritePlanar(block.Outputs, 0, block.Frames, MeshTime.Unknown, FrameFlags.None) == block.Frames;
    }

    /// <summary>Ends the file; where the disk hangs, its thread gives ring and file back later. Control thread, when no block will come.</summary>
    public void Finish(int timeoutMs)
    {
        _ring.Writer.Complete();
        _thread.Join(timeoutMs);
    }

    private void WriteFile()
    {
        float[] chunk = new float[ChunkFrames * _ring.Channels];
        while (!_ring.Reader.IsCompleted)
        {
            int frames = _ring.Reader.Read(chunk, out _);
            if (frames > 0)
            {
                Store(chunk.AsSpan(0, frames * _ring.Channels));
            }
            else
            {
                Thread.Sleep(LookMs);
            }
        }

        End();
        _ring.Dispose();
    }

    /// <summary>Writes; after a failure frames are only taken out of the ring.</summary>
    private void Store(ReadOnlySpan<float> interleaved)
    {
        try
        {
            if (!_hasFailed)
            {
                _file.Write(interleaved);
            }
        }
        catch (AudioMeshException e)
        {
            Fail(e);
        }
    }

    private void End()
    {
        try
        {
            _file.Dispose();
        }
        catch (AudioMeshException e)
        {
            Fail(e);
        }
    }

    private void Fail(AudioMeshException e)
    {
        _hasFailed = true;
        _stream.Lose(e.Kind, e.Message);
    }
}
