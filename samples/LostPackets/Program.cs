// SPDX-License-Identifier: MIT
using AudioMesh;
using AudioMesh.Concealment;
using AudioMesh.Files;

const int Packet = 128;
const int OneIn = 10;

string from = args.ElementAtOrDefault(0) ?? Path.Combine(AppContext.BaseDirectory, "piano_prelude.wav");
string to = args.ElementAtOrDefault(1) ?? "concealed.wav";

try
{
    using IAudioFileReader source = AudioFile.OpenRead(from);
    (int rate, int channels) = (source.Info.Rate, source.Info.Channels);
    using IAudioFileWriter result = AudioFile.Create(to, new AudioFileOptions { Rate = rate, Channels = channels, Format = FileSampleFormat.Float32 });
    using StreamConcealer concealer = new(new ConcealerOptions { Channels = channels, Rate = rate, Profile = ConcealmentProfile.Hq });

    float[] packet = new float[Packet * channels];
    float[] planes = new float[Packet * channels];
    Random dice = new(1);
    while (source.Read(packet) == Packet)
    {
        Swap(packet, planes, channels);
        if (dice.Next(OneIn) == 0)
        {
            concealer.Fill(planes);
        }
        else
        {
            concealer.Receive(planes);
        }

        // In a player a thread of its own does this.
        while (concealer.Work())
        {
        }

        Swap(planes, packet, Packet);
        result.Write(packet);
    }

    ConcealmentStatistics statistics = concealer.Statistics;
    Console.WriteLine($"{to}: {statistics.PredictedFrames} of {concealer.Position.Value} frames predicted, in {statistics.Gaps} gaps");
    return 0;
}
catch (AudioMeshException error)
{
    Console.Error.WriteLine($"{error.Kind}: {error.Message}");
    return 1;
}

// Interleaved to planes, and with the other count back again.
static void Swap(ReadOnlySpan<float> rows, Span<float> columns, int width)
{
    int height = rows.Length / width;
    for (int i = 0; i < rows.Length; i++)
    {
        columns[(i % width * height) + (i / width)] = rows[i];
    }
}
