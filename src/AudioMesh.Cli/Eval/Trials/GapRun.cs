// SPDX-License-Identifier: MIT
using AudioMesh.Cli.Eval.Metrics;

namespace AudioMesh.Cli.Eval.Trials;

/// <summary>What a method made of the gaps in a clip.</summary>
/// <param name="Method">The method.</param>
/// <param name="Fills">What was heard from the first lost frame of each gap until the method had found back.</param>
/// <param name="ErrorsDb">For each gap an error a length; null where nothing was to be heard.</param>
internal sealed record GapRun(ConcealMethod Method, IReadOnlyList<float[]> Fills, IReadOnlyList<double?[]> ErrorsDb)
{
    public static GapRun Play(ConcealMethod method, Clip clip, GapPlaces places, IReadOnlyList<int> lengths, OutputLog log)
    {
        List<float[]> fills = [];
        List<double?[]> errors = [];
        using IConcealer stream = method.Create(clip.Rate, places.PacketFrames);
        float[] packet = new float[places.PacketFrames];
        int frame = 0;
        foreach (int start in places.Starts)
        {
            for (; frame < start; frame += packet.Length)
            {
                clip.Samples.AsSpan(frame, packet.Length).CopyTo(packet);
                stream.Receive(packet);
                stream.Work();
            }

            float[] whole = Fill(method, stream.Fork(), clip, start, places, places.GapPackets);
            log.Add(whole);
            fills.Add(whole);
            errors.Add([.. lengths.Select(length => Judge(length, whole))]);

            double? Judge(int length, float[] whole)
            {
                float[] heard = whole;
                int packets = GapPlaces.PacketsOf(length, packet.Length);
                if (method.LooksAhead && packets < places.GapPackets)
                {
                    heard = Fill(method, stream.Fork(), clip, start, places, packets);
                    log.Add(heard);
                }

                return GapError.Db(heard.AsSpan(0, length), clip.Samples.AsSpan(start, length));
            }
        }

        return new GapRun(method, fills, errors);
    }

    // One that looks ahead sees the packet after the gap from its last packet: each length is a gap of its own. Others cannot know how long it will be.
    private static float[] Fill(ConcealMethod method, IConcealer fork, Clip clip, int start, GapPlaces places, int lost)
    {
        using IDisposable end = fork;
        int packetFrames = places.PacketFrames;
        float[] heard = clip.Samples.AsSpan(start, (lost + places.AfterPackets) * packetFrames).ToArray();
        for (int packet = 0; packet < lost + places.AfterPackets; packet++)
        {
            Span<float> frames = heard.AsSpan(packet * packetFrames, packetFrames);
            if (packet >= lost)
            {
                fork.Receive(frames);
                fork.Work();
                continue;
            }

            frames.Clear();
            bool seesNext = method.LooksAhead && packet == lost - 1;
            fork.Lose(frames, seesNext ? clip.Samples.AsSpan(start + (lost * packetFrames), packetFrames) : []);
            fork.Work();
        }

        return heard;
    }
}
