// SPDX-License-Identifier: MIT
namespace AudioMesh.Backends.Tests.CoreAudio;

/// <summary>A device to add to the fake HAL: the channels of its streams one by one.</summary>
internal sealed record FakeDevice(string Uid, int[] Outputs, int[] Inputs)
{
    private const int MaxItems = 8;

    /// <summary>Bytes of the fake's <c>fake_hal_device</c>.</summary>
    public const int Size = (2 * 8) + (((2 * (1 + MaxItems)) + MaxItems + 8) * 4);

    public int[] Rates { get; init; } = [48_000];

    public int BufferFrames { get; init; } = 256;

    public int BufferMax { get; init; } = 4096;

    /// <summary>The longest cycle where lengths vary.</summary>
    public int VariableMax { get; init; }

    public bool HasIntegerFormat { get; init; }

    /// <summary>Writes the C structure to <paramref name="memory"/>, with <paramref name="text"/> for its UID and name.</summary>
    public unsafe void Write(byte* memory, byte* text)
    {
        ((byte**)memory)[0] = text;
        ((byte**)memory)[1] = text;
        uint* next = (uint*)(memory + 16);
        *next++ = (uint)Outputs.Length;
        WriteList(ref next, Outputs);
        *next++ = (uint)Inputs.Length;
        WriteList(ref next, Inputs);
        WriteList(ref next, Rates);
        int[] numbers = [BufferFrames, 16, BufferMax, VariableMax, 0, 0, 0, HasIntegerFormat ? 1 : 0];
        WriteList(ref next, numbers);
    }

    private static unsafe void WriteList(ref uint* next, int[] items)
    {
        for (int i = 0; i < items.Length; i++)
        {
            next[i] = (uint)items[i];
        }

        next += MaxItems;
    }
}
