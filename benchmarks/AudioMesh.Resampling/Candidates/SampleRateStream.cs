// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;

namespace AudioMesh.Resampling.Candidates;

/// <summary>libsamplerate (Secret Rabbit Code).</summary>
internal sealed unsafe partial class SampleRateStream : IStream
{
    private const string Library = "libsamplerate.so.0";
    private const int SincBest = 0, SincMedium = 1;
    private readonly int _channels;
    private readonly double _ratio;
    private readonly nint _state;

    private SampleRateStream(Conversion conversion, int channels, int type)
    {
        _channels = channels;
        _ratio = conversion.Ratio;
        _state = src_new(type, channels, out int error);
        if (error != 0)
        {
            throw new InvalidOperationException($"src_new: error {error}");
        }
    }

    public static bool IsThere => NativeLibrary.TryLoad(Library, out _);

    public static Candidate Best { get; } = new("libsamplerate best", (conversion, channels) => new SampleRateStream(conversion, channels, SincBest));

    public static Candidate Medium { get; } = new("libsamplerate medium", (conversion, channels) => new SampleRateStream(conversion, channels, SincMedium));

    public int Process(ReadOnlySpan<float> input, Span<float> output)
    {
        fixed (float* from = input, to = output)
        {
            Data data = new()
            {
                Input = from,
                Output = to,
                InputFrames = input.Length / _channels,
                OutputFrames = output.Length / _channels,
                Ratio = _ratio,
            };
            return src_process(_state, &data) == 0 && data.Used == data.InputFrames
                ? (int)data.Made
                : throw new InvalidOperationException("libsamplerate left input behind");
        }
    }

    public void Dispose() => src_delete(_state);

    [LibraryImport(Library)]
    private static partial nint src_new(int type, int channels, out int error);

    [LibraryImport(Library)]
    private static partial int src_process(nint state, Data* data);

    [LibraryImport(Library)]
    private static partial nint src_delete(nint state);

    [StructLayout(LayoutKind.Sequential)]
    private struct Data
    {
        public float* Input;
        public float* Output;
        public CLong InputFramesLong;
        public CLong OutputFramesLong;
        public CLong UsedLong;
        public CLong MadeLong;
        public int IsEnd;
        public double Ratio;

        public nint InputFrames { readonly get => InputFramesLong.Value; set => InputFramesLong = new CLong(value); }

        public nint OutputFrames { set => OutputFramesLong = new CLong(value); }

        public readonly nint Used => UsedLong.Value;

        public readonly nint Made => MadeLong.Value;
    }
}
