// SPDX-License-Identifier: MIT

namespace AudioMesh.Backends.Alsa;

/// <summary>
/// Moves whole periods, in as many steps as the PCM needs. Answers 0, a negated errno or what <see cref="PcmWaiter"/> answers. One device thread.
/// </summary>
internal sealed unsafe class PeriodMover(PcmWaiter waiter)
{
    private const int MostRefusals = 100;
    private const int Ended = int.MaxValue;

    /// <summary>Fills <paramref name="inputs"/>: with silence from where a file that plays the part of a device ends.</summary>
    public int Record(AlsaPcm capture, ChannelBuffers inputs)
    {
        int done = 0;
        for (int refusals = 0; done < inputs.Frames;)
        {
            int moved = capture.Read(inputs.Pointers, done, inputs.Frames - done);
            if (moved > 0)
            {
                done += moved;
                continue;
            }

            int code = moved == 0 ? Ended : AfterRefusal(moved, ++refusals, inputs.Frames - done);
            if (code != 0)
            {
                Silence(inputs, done);
                return code == Ended ? 0 : code;
            }
        }

        return 0;
    }

    /// <summary>Plays all of <paramref name="outputs"/>.</summary>
    public int Play(AlsaPcm playback, ChannelBuffers outputs)
    {
        int done = 0;
        for (int refusals = 0; done < outputs.Frames;)
        {
            int moved = playback.Write(outputs.Pointers, done, outputs.Frames - done);
            if (moved > 0)
            {
                done += moved;
                continue;
            }

            int code = AfterRefusal(moved, ++refusals, outputs.Frames - done);
            if (code != 0)
            {
                return code;
            }
        }

        return 0;
    }

    /// <summary>A PCM that was ready and yet moved nothing is waited for again, some times.</summary>
    private int AfterRefusal(int code, int refusals, int frames)
    {
        if (code is not 0 and not -AlsaErrno.EAGAIN)
        {
            return code;
        }

        return refusals < MostRefusals ? waiter.UntilReady(frames) : -AlsaErrno.EIO;
    }

    private static void Silence(ChannelBuffers buffers, int from)
    {
        for (int channel = 0; channel < buffers.Channels; channel++)
        {
            new Span<float>(buffers.Pointers[channel] + from, buffers.Frames - from).Clear();
        }
    }
}
