// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using static AudioMesh.Interop.CoreAudioFramework;

namespace AudioMesh.Backends.CoreAudio;

/// <summary>A device as the HAL describes it: every stream is one buffer of interleaved channels, in order.</summary>
/// <param name="Id">Its object, valid until it is unplugged or the audio server restarts.</param>
/// <param name="Uid">Its name for ever.</param>
/// <param name="Name">Its name for people.</param>
/// <param name="OutputWidths">Channels of each output stream.</param>
/// <param name="InputWidths">Channels of each input stream.</param>
/// <param name="Rate">Nominal frames per second.</param>
internal sealed record HalDevice(uint Id, string Uid, string Name, int[] OutputWidths, int[] InputWidths, int Rate)
{
    private const int BufferListHead = 8;
    private const int BufferSize = 16;

    public int OutputChannels => Sum(OutputWidths);

    public int InputChannels => Sum(InputWidths);

    /// <summary>Reads the device; throws when it went away.</summary>
    public static HalDevice Read(HalObjects objects, uint id) => new(
        id,
        objects.Text(id, kAudioDevicePropertyDeviceUID),
        objects.Text(id, kAudioObjectPropertyName),
        Widths(objects, id, kAudioObjectPropertyScopeOutput),
        Widths(objects, id, kAudioObjectPropertyScopeInput),
        (int)Math.Round(objects.Get<double>(id, kAudioDevicePropertyNominalSampleRate)));

    private static int[] Widths(HalObjects objects, uint id, uint scope)
    {
        ReadOnlySpan<byte> list = objects.Bytes(id, kAudioDevicePropertyStreamConfiguration, scope);
        int[] widths = new int[list.Length < BufferListHead ? 0 : BinaryPrimitives.ReadInt32LittleEndian(list)];
        for (int i = 0; i < widths.Length; i++)
        {
            widths[i] = BinaryPrimitives.ReadInt32LittleEndian(list[(BufferListHead + (i * BufferSize))..]);
        }

        return widths;
    }

    private static int Sum(int[] widths)
    {
        int sum = 0;
        foreach (int width in widths)
        {
            sum += width;
        }

        return sum;
    }
}
