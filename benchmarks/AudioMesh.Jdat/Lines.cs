// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text;
using AudioMesh.Clock;
using AudioMesh.Network.Jdat;

namespace AudioMesh.Benchmarks.Jdat;

/// <summary>Lines as different writers write them.</summary>
internal static class Lines
{
    public const int Samples = 256;

    public static float[] Sound { get; } = [.. Enumerable.Range(0, Samples).Select(i => 0.3f * MathF.Sin(i * 0.137f) * MathF.Cos(i * 0.71f))];

    public static JdatAudio Audio { get; } = new(new MeshTime(81726354453627), "session", 48000, 2);

    public static IEnumerable<(string Name, byte[] Line)> All() =>
    [
        ("shortest floats, as AudioMesh writes", new JdatWriter().Write(Audio, Sound)[..^1].ToArray()),
        ("doubles of 17 digits, as Python writes", WithNumbers(sample => ((double)sample * 1.0000000123).ToString("R", CultureInfo.InvariantCulture))),
        ("6 decimals, as printf writes", WithNumbers(sample => sample.ToString("F6", CultureInfo.InvariantCulture))),
    ];

    private static byte[] WithNumbers(Func<float, string> format)
    {
        string head = """{"type":"jdat","version":"jamnet/1.0","timestamp_gpu":81726354453627,"session_id":"session","audio_data":{"sample_rate":48000,"channels":2,"samples":[""";
        return Encoding.UTF8.GetBytes($"{head}{string.Join(',', Sound.Select(format))}]}}}}");
    }
}
