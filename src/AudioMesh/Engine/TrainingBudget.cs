// SPDX-License-Identifier: MIT
using AudioMesh.Concealment;

namespace AudioMesh.Engine;

/// <summary>
/// Chooses what each stream is trained with, so that all of it takes no more than its share of one processor. All streams count, armed or not:
/// what makes one late, such as a pause of the app, makes the others late at the same time.
/// </summary>
internal static class TrainingBudget
{
    /// <summary>Above this share the dearest streams are trained with less.</summary>
    private const double Most = 0.8;

    /// <summary>Up to this share the cheapest stream is trained with more.</summary>
    private const double Comfortable = 0.7;

    /// <summary>
    /// Models from a choice to the next lesser one. A block has fewer, so what is rendered offline and chooses anew before each block is left alone.
    /// </summary>
    private const int Tried = 8;

    /// <summary>Lowers as many streams as it must at once, and raises one at a time.</summary>
    public static void Share(List<TrainedStream> streams)
    {
        double load = 0;
        foreach (TrainedStream stream in streams)
        {
            load += stream.Load;
        }

        if (load > Most)
        {
            Lower(streams, load);
        }
        else if (FindCheapest(streams) is { } cheapest && load + Rise(cheapest) < Comfortable)
        {
            cheapest.Raise();
        }
    }

    private static void Lower(List<TrainedStream> streams, double load)
    {
        while (load > Most && FindDearest(streams) is { } dearest)
        {
            load -= dearest.Load;
            dearest.Lower();
            load += dearest.Load;
        }
    }

    private static double Rise(TrainedStream stream) => stream.LoadOf(stream.Concealer.Profile + 1) - stream.Load;

    private static TrainedStream? FindDearest(List<TrainedStream> streams)
    {
        TrainedStream? dearest = null;
        foreach (TrainedStream stream in streams)
        {
            bool mayFall = stream.Trainings >= Tried && stream.Concealer.Profile > ConcealmentProfile.Lite;
            if (mayFall && stream.Load > (dearest?.Load ?? 0))
            {
                dearest = stream;
            }
        }

        return dearest;
    }

    private static TrainedStream? FindCheapest(List<TrainedStream> streams)
    {
        TrainedStream? cheapest = null;
        foreach (TrainedStream stream in streams)
        {
            if (stream.MayRise && stream.Load < (cheapest?.Load ?? double.MaxValue))
            {
                cheapest = stream;
            }
        }

        return cheapest;
    }
}
