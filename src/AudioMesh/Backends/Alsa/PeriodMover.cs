// SPDX-License-Identifier: MIT
using AudioMesh.Realtime;

namespace AudioMesh.Backends.Alsa;

/// <summary>
/// Moves whole periods, in as many steps as the PCM needs. Answers 0, a negated errno or what <see cref="PcmWaiter"/> answers. One device thread.
/// </summary>
[RealtimeSafe]
internal sealed unsafe class PeriodMover(PcmWaiter waiter)
{
    private const int MostTries = 100;

    /// <summary>Fills <paramref name="inputs"/>: with silence from where a file that plays the part of a device ends.</summary>
    public int Record(AlsaPcm capture, ChannelBuffers inputs)
    {
        int done = 0;
        for (int tries = 0; done < inputs.Frames; tries++)
        {
            int moved = capture.Read(inputs.Pointers, done, inputs.Frames - done);
            if (moved == 0)
            {
                Silence(inputs, done);
                return 0;
            }

            int code = moved < 0 ? AfterRefusal(moved, tries, inputs.Frames - done) : 0;
            if (code != 0)
            {
                return code;
            }

            done += Math.Max(moved, 0);
        }

        return 0;
    }

    /// <summary>Plays all of <paramref name="outputs"/>.</summary>
    public int Play(AlsaPcm playback, ChannelBuffers outputs)
    {
        int done = 0;
        for (int tries = 0; done < outputs.Frames; tries++)
        {
            int moved = playback.Write(outputs.Pointers, done, outputs.Frames - done);
            int code = moved <= 0 ? AfterRefusal(moved, tries, outputs.Frames - done) : 0;
            if (code != 0)
            {
                return code;
            }

            done += Math.Max(moved, 0);
        }

        return 0;
    }

    /// <summary>A PCM that was ready and yet moved nothing is waited for again, some times.</summary>
    private int AfterRefusal(int code, int tries, int frames)
    {
        bool mayWait = code is 0 or -AlsaErrno.EAGAIN;
        return !mayWait ? code : tries < MostTries ? waiter.UntilReady(frames) : -AlsaErrno.EIO;
    }

    private static void Silence(ChannelBuffers buffers, int from)
    {
        for (int channel = 0; channel < buffers.Channels; channel++)
        {
            new Span<float>(buffers.Pointers[channel] + from, buffers.Frames - from).Clear();
        }
    }
}
