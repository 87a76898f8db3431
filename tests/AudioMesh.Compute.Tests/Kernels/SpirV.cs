// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;

namespace AudioMesh.Compute.Tests.Kernels;

/// <summary>The instructions of a SPIR-V module.</summary>
internal sealed class SpirV
{
    public const int ExecutionMode = 16;
    public const int Decorate = 71;
    public const uint LocalSize = 17;
    public const uint NoContraction = 42;
    public const uint Binding = 33;
    private const int HeaderWords = 5;

    public SpirV(byte[] module)
    {
        uint[] words = MemoryMarshal.Cast<byte, uint>(module).ToArray();
        List<(int, uint[])> instructions = [];
        for (int at = HeaderWords; at < words.Length; at += (int)(words[at] >> 16))
        {
            instructions.Add(((int)(words[at] & 0xFFFF), words[(at + 1)..(at + (int)(words[at] >> 16))]));
        }

        Instructions = instructions;
    }

    public IReadOnlyList<(int Opcode, uint[] Operands)> Instructions { get; }

    /// <summary>What has <paramref name="decoration"/>, and the decoration's operand.</summary>
    public IEnumerable<(uint Id, uint Operand)> Decorated(uint decoration) =>
        from instruction in Instructions
        where instruction.Opcode == Decorate && instruction.Operands[1] == decoration
        select (instruction.Operands[0], instruction.Operands.ElementAtOrDefault(2));

    public (int, int, int) GroupSize()
    {
        uint[] mode = Instructions.Single(i => i.Opcode == ExecutionMode && i.Operands[1] == LocalSize).Operands;
        return ((int)mode[2], (int)mode[3], (int)mode[4]);
    }

    /// <summary>The bytes of all variables that a workgroup shares.</summary>
    public int SharedBytes()
    {
        const int variable = 59, pointer = 32;
        const uint workgroup = 4;
        return Instructions.Where(i => i.Opcode == variable && i.Operands[2] == workgroup)
            .Sum(i => SizeOf(Instructions.Single(type => type.Opcode == pointer && type.Operands[0] == i.Operands[0]).Operands[2]));
    }

    private int SizeOf(uint type)
    {
        const int integer = 21, real = 22, vector = 23, array = 28, structure = 30, constant = 43;
        (int opcode, uint[] operands) = Instructions.Single(i => i.Opcode is integer or real or vector or array or structure && i.Operands[0] == type);
        return opcode switch
        {
            vector => SizeOf(operands[1]) * (int)operands[2],
            array => SizeOf(operands[1]) * (int)Instructions.Single(i => i.Opcode == constant && i.Operands[1] == operands[2]).Operands[2],
            structure => operands[1..].Sum(SizeOf),
            _ => (int)operands[1] / 8,
        };
    }
}
