// Runs models in ONNX Runtime (the npm package onnxruntime-node), for OnnxRuntimeTests.cs.
//
// Run with: node onnx_run.js folder package. For each x.onnx of the folder, x.input is a line of the element type (float32, float64) and the axes, and the numbers row after
// row; x.output becomes the same of what the model gives, or x.error the reason why it gives nothing.
const fs = require('fs');
const path = require('path');

const [folder, modules] = process.argv.slice(2);
const ort = require(path.join(modules, 'node_modules', 'onnxruntime-node'));

async function run(stem) {
    const [header, numbers] = fs.readFileSync(`${stem}.input`, 'utf8').split('\n');
    const [type, ...axes] = header.split(' ');
    const values = numbers.split(' ').map(Number);
    const data = type === 'float32' ? Float32Array.from(values) : Float64Array.from(values);
    // In double some fused operators are missing.
    const level = type === 'float32' ? 'all' : 'basic';
    const session = await ort.InferenceSession.create(`${stem}.onnx`, { logSeverityLevel: 4, graphOptimizationLevel: level });
    const input = new ort.Tensor(type, data, axes.map(Number));
    const output = (await session.run({ [session.inputNames[0]]: input }))[session.outputNames[0]];
    fs.writeFileSync(`${stem}.output`, `${output.type} ${output.dims.join(' ')}\n${Array.from(output.data).join(' ')}`);
}

async function main() {
    for (const file of fs.readdirSync(folder).filter(name => name.endsWith('.onnx')).sort()) {
        const stem = path.join(folder, file.slice(0, -'.onnx'.length));
        try {
            await run(stem);
        } catch (error) {
            fs.writeFileSync(`${stem}.error`, error.message);
        }
    }
}

main();
