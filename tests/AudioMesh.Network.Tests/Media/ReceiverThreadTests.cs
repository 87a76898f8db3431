// SPDX-License-Identifier: MIT
using AudioMesh.Clock;
using AudioMesh.Network.Media;
using AudioMesh.Network.Wire;
using AudioMesh.Realtime;
using AudioMesh.Testing;

namespace AudioMesh.Network.Tests.Media;

public unsafe class ReceiverThreadTests
{
    [Test]
    public void Putting_and_reading_at_once_never_mixes_frames_up()
    {
        // Each sample says which frame it is; what is heard has to be a frame that was sent, or a fill, which is silence here.
        StreamReceiverOptions options = new() { Channels = 2, Rate = 48000, Predicts = false, MinDepthMs = 20 };
        using StreamReceiver receiver = new(options);
        receiver.UseTimebase(ClockMap.Identity);
        long sent = 0;
        long read = 0;
        long heard = 0;
        Race.Run(
            stop =>
            {
                float[] planes = new float[128];
                for (uint number = 0; Volatile.Read(ref heard) < 200_000 && !stop.IsCancellationRequested; number++)
                {
                    while (sent > Volatile.Read(ref read) + 2048 && !stop.IsCancellationRequested && Volatile.Read(ref heard) < 200_000)
                    {
                        Thread.Yield();
                    }

                    for (int i = 0; i < 64; i++)
                    {
                        planes[i] = planes[64 + i] = (float)((sent + i) % 65536) / 65536;
                    }

                    AudioPacketHeader header = new(1, number, sent, MeshTime.Unknown, 48000, 2, 0, 2, 64, SampleEncoding.Float32, FrameFlags.None);
                    receiver.Put(header, planes.AsSpan(), new MeshTime(sent * 1_000_000_000 / 48000));
                    Volatile.Write(ref sent, sent + 64);
                }
            },
            stop =>
            {
                float[] output = new float[128];
                fixed (float* first = output)
                {
                    float** planes = stackalloc float*[2];
                    planes[0] = first;
                    planes[1] = first + 64;
                    while (Volatile.Read(ref heard) < 200_000 && !stop.IsCancellationRequested)
                    {
                        if (Volatile.Read(ref sent) < read)
                        {
                            Thread.Yield();
                            continue;
                        }

                        receiver.Read(planes, 64, new MeshTime(read * 1_000_000_000 / 48000));
                        Volatile.Write(ref read, read + 64);
                        Assert.That(output.AsSpan(0, 64).SequenceEqual(output.AsSpan(64)), Is.True, "both channels travel together");
                        Volatile.Write(ref heard, heard + (receiver.Statistics.State == ReceiverState.Playing ? 64 : 1));
                    }
                }
            },
            stop =>
            {
                while (Volatile.Read(ref heard) < 200_000 && !stop.IsCancellationRequested)
                {
                    Assert.That(receiver.Statistics.PlayedFrames, Is.GreaterThanOrEqualTo(0));
                    Thread.Yield();
                }
            });
    }

    [Test]
    public void Neither_putting_nor_reading_allocates([Values(48000, 44100)] int outputRate)
    {
        StreamReceiverOptions options = new() { Channels = 2, Rate = 48000, OutputRate = outputRate };
        using StreamReceiver receiver = new(options);
        receiver.UseTimebase(ClockMap.Identity);
        float[] planes = new float[128];
        byte[] payload = new byte[4 * 128];
        float[] output = new float[128];
        new RepeatableRandom(5).Fill(planes);
        uint number = 0;
        long frame = 0;
        AllocationGate.AssertNone(() =>
        {
            MeshTime now = new(frame * 1_000_000_000 / 48000);
            AudioPacketHeader header = new(1, number, frame, now, 48000, 2, 0, 2, 64, SampleEncoding.Float32, FrameFlags.None);
            if (number % 7 == 0)
            {
                receiver.Put(header, payload.AsSpan(), now);
            }
            else if (number % 5 != 0)
            {
                receiver.Put(header, planes.AsSpan(), now);
            }

            fixed (float* first = output)
            {
                float** to = stackalloc float*[2];
                to[0] = first;
                to[1] = first + 64;
                receiver.Read(to, 64 * outputRate / 48000, now);
            }

            number++;
            frame += 64;
        });
        Assert.That(receiver.Statistics.PlayedFrames, Is.GreaterThan(10_000));
    }
}
