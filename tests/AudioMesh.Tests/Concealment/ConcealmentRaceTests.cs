// SPDX-License-Identifier: MIT
using AudioMesh.Concealment;
using AudioMesh.Testing;

namespace AudioMesh.Tests.Concealment;

internal sealed class ConcealmentRaceTests
{
    private const int Block = 64;
    private const int Blocks = 8000;
    private const int BlocksBetweenTrainings = 32;

    [Test]
    public void A_worker_beside_never_makes_a_fill_louder_or_no_number()
    {
        using ConcealedStream stream = new(ConcealmentProfile.Lite) { Trains = false };
        int done = 0;
        Race.Run(
            cancel =>
            {
                try
                {
                    Play(stream, cancel);
                }
                finally
                {
                    Volatile.Write(ref done, 1);
                }
            },
            cancel =>
            {
                while (Volatile.Read(ref done) == 0 && !cancel.IsCancellationRequested)
                {
                    stream.Concealer.Work();
                }
            });
        ConcealmentStatistics statistics = stream.Concealer.Statistics;
        Assert.That(statistics.Trainings, Is.Positive);
        Assert.That(statistics.Trainings + statistics.SkippedTrainings, Is.LessThanOrEqualTo(Blocks * Block / StreamConcealer.HopFrames));
    }

    private static void Play(ConcealedStream stream, CancellationToken cancel)
    {
        float[] block = new float[Block];
        long trainings = 0;
        for (int i = 0; i < Blocks && !cancel.IsCancellationRequested; i++)
        {
            if (i > 0 && i % BlocksBetweenTrainings == 0)
            {
                trainings = WaitForMore(stream, trainings, cancel);
            }

            if (i % 16 is 13 or 14)
            {
                stream.Fill(block);
                Assert.That(block.All(sample => Math.Abs(sample) <= 1.0001f));
            }
            else
            {
                for (int n = 0; n < Block; n++)
                {
                    block[n] = 0.5f * MathF.Sin(((i * Block) + n) % 48000 * 0.0576f);
                }

                stream.Receive(block);
            }
        }
    }

    // Without a device that paces it, the worker would not come to an end of anything before its samples are overwritten.
    private static long WaitForMore(ConcealedStream stream, long trainings, CancellationToken cancel)
    {
        long now;
        while ((now = stream.Concealer.Statistics.Trainings) == trainings)
        {
            cancel.ThrowIfCancellationRequested();
        }

        return now;
    }
}
