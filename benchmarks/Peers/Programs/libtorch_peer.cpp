// Training steps and inference in libtorch, answering the line protocol that serving.py describes.
//
// `step` differentiates with autograd, without accumulation, and updates all parameters with one fused call.
// `step-by-hand` writes the gradients out and lets no autograd run: what is left of libtorch are its kernels.

#include <torch/torch.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <functional>
#include <iostream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

using torch::Tensor;
using Clock = std::chrono::steady_clock;

struct Network {
    torch::Dtype element = torch::kFloat;
    bool sigmoid = false, squares = false;
    int64_t batch = 0;
    double rate = 0;
    std::vector<int64_t> sizes;
    std::vector<Tensor> weights, biases, parameters;

    explicit Network(std::istream& text) {
        std::string type, activation, loss, shape, size;
        text >> type >> activation >> loss >> batch >> shape >> rate;
        if (!text) throw std::invalid_argument("a network is: element activation loss batch sizes rate");
        element = type == "float" ? torch::kFloat : torch::kDouble;
        sigmoid = activation == "sigmoid";
        squares = loss == "squares";
        std::istringstream shapes(shape);
        while (std::getline(shapes, size, '-')) sizes.push_back(std::stoll(size));
        for (size_t i = 0; i + 1 < sizes.size(); i++) {
            weights.push_back(uniform({sizes[i + 1], sizes[i]}, sizes[i]));
            biases.push_back(uniform({sizes[i + 1]}, sizes[i]));
            parameters.push_back(weights.back());
            parameters.push_back(biases.back());
        }
    }

    Tensor uniform(std::vector<int64_t> shape, int64_t inputs) const {
        return ((torch::rand(shape, element) * 2 - 1) / std::sqrt(double(inputs)));
    }

    Tensor input() const { return torch::randn({batch, sizes.front()}, element); }

    Tensor target() const {
        return squares ? torch::randn({batch, sizes.back()}, element) : torch::arange(batch, torch::kLong) % sizes.back();
    }

    Tensor layer(size_t i, const Tensor& x) const {
        Tensor z = torch::linear(x, weights[i], biases[i]);
        if (i + 1 == weights.size()) return z;
        return sigmoid ? z.sigmoid_() : z.relu_();
    }

    Tensor forward(Tensor x) const {
        for (size_t i = 0; i < weights.size(); i++) x = layer(i, x);
        return x;
    }

    Tensor loss(const Tensor& scores, const Tensor& y) const {
        return squares ? torch::mse_loss(scores, y, at::Reduction::Sum) : torch::cross_entropy_loss(scores, y);
    }

    Tensor lossGradient(const Tensor& scores, const Tensor& y) const {
        if (squares) return (scores - y).mul_(2);
        Tensor gradient = torch::log_softmax(scores, 1).exp_();
        gradient.scatter_add_(1, y.unsqueeze(1), torch::full({batch, 1}, -1, element));
        return gradient.div_(double(batch));
    }
};

std::function<void()> step(Network network) {
    for (auto& parameter : network.parameters) parameter.set_requires_grad(true);
    Tensor x = network.input(), y = network.target();
    return [=] {
        auto gradients = torch::autograd::grad({network.loss(network.forward(x), y)}, network.parameters);
        torch::NoGradGuard untracked;
        torch::_foreach_add_(network.parameters, gradients, -network.rate);
    };
}

// Adam of torch.optim in its foreach form, which libtorch's own optimiser does not have; with a decay it is AdamW.
std::function<void(const std::vector<Tensor>&)> adamUpdate(std::vector<Tensor> parameters, double rate, double decay) {
    std::vector<Tensor> means, squares;
    for (auto& parameter : parameters) {
        means.push_back(torch::zeros(parameter.sizes(), parameter.dtype()));
        squares.push_back(torch::zeros(parameter.sizes(), parameter.dtype()));
    }
    int64_t count = 0;
    return [=](const std::vector<Tensor>& gradients) mutable {
        const double beta1 = 0.9, beta2 = 0.999;
        count++;
        if (decay != 0) torch::_foreach_mul_(parameters, 1 - rate * decay);
        torch::_foreach_mul_(means, beta1);
        torch::_foreach_add_(means, gradients, 1 - beta1);
        torch::_foreach_mul_(squares, beta2);
        torch::_foreach_addcmul_(squares, gradients, gradients, 1 - beta2);
        auto scales = torch::_foreach_sqrt(squares);
        torch::_foreach_div_(scales, std::sqrt(1 - std::pow(beta2, count)));
        torch::_foreach_add_(scales, 1e-8);
        torch::_foreach_addcdiv_(parameters, means, scales, -rate / (1 - std::pow(beta1, count)));
    };
}

std::function<void()> adam(Network network) {
    for (auto& parameter : network.parameters) parameter.set_requires_grad(true);
    Tensor x = network.input(), y = network.target();
    auto update = adamUpdate(network.parameters, network.rate, 0);
    return [=] {
        auto gradients = torch::autograd::grad({network.loss(network.forward(x), y)}, network.parameters);
        torch::NoGradGuard untracked;
        update(gradients);
    };
}

std::function<void()> stepByHand(Network network) {
    Tensor x = network.input(), y = network.target();
    return [=] {
        c10::InferenceMode inference;
        std::vector<Tensor> activations = {x};
        for (size_t i = 0; i < network.weights.size(); i++) activations.push_back(network.layer(i, activations[i]));
        Tensor upstream = network.lossGradient(activations.back(), y);
        for (size_t i = network.weights.size(); i-- > 0;) {
            Tensor downstream;
            if (i > 0) {
                const Tensor& output = activations[i];
                downstream = torch::mm(upstream, network.weights[i]);
                downstream = network.sigmoid ? at::sigmoid_backward(downstream, output) : at::threshold_backward(downstream, output, 0);
            }
            Tensor(network.weights[i]).addmm_(upstream.t(), activations[i], 1, -network.rate);
            Tensor(network.biases[i]).sub_(upstream.sum(0), network.rate);
            upstream = downstream;
        }
    };
}

std::function<void()> infer(Network network) {
    Tensor x = network.input();
    return [=] {
        c10::InferenceMode inference;
        network.forward(x);
    };
}

// A network of convolutions: `float 64 1x28x28 conv:8:5:2,relu,pool:2,linear:10 0.001`.
struct ConvolutionalNetwork {
    struct Layer {
        std::string kind;
        std::vector<int64_t> numbers;
        Tensor weight, bias, mean, variance;
    };

    torch::Dtype element = torch::kFloat;
    int64_t batch = 0;
    double rate = 0;
    bool channelsLast = false;
    std::vector<int64_t> shape;
    std::vector<Layer> layers;
    std::vector<Tensor> parameters;

    ConvolutionalNetwork(std::istream& text, bool last) : channelsLast(last) {
        std::string type, sizes, list, word, number;
        text >> type >> batch >> sizes >> list >> rate;
        if (!text) throw std::invalid_argument("a convolutional network is: element batch shape layers rate");
        element = type == "float" ? torch::kFloat : torch::kDouble;
        std::istringstream lengths(sizes), words(list);
        while (std::getline(lengths, number, 'x')) shape.push_back(std::stoll(number));
        std::vector<int64_t> current = shape;
        while (std::getline(words, word, ',')) {
            std::istringstream parts(word);
            Layer layer;
            std::getline(parts, layer.kind, ':');
            while (std::getline(parts, number, ':')) layer.numbers.push_back(std::stoll(number));
            add(layer, current);
        }
    }

    void add(Layer& layer, std::vector<int64_t>& current) {
        auto& n = layer.numbers;
        if (layer.kind == "conv") {
            parameter(layer.weight, {n[0], current[0], n[1], n[1]}, current[0] * n[1] * n[1]);
            if (channelsLast) layer.weight = layer.weight.contiguous(at::MemoryFormat::ChannelsLast);
            parameter(layer.bias, {n[0]}, current[0] * n[1] * n[1]);
            current = {n[0], current[1] + 2 * n[2] - n[1] + 1, current[2] + 2 * n[2] - n[1] + 1};
        } else if (layer.kind == "norm") {
            layer.weight = torch::ones({current[0]}, element);
            layer.bias = torch::zeros({current[0]}, element);
            layer.mean = torch::zeros({current[0]}, element);
            layer.variance = torch::ones({current[0]}, element);
        } else if (layer.kind == "pool") {
            current = {current[0], current[1] / n[0], current[2] / n[0]};
        } else if (layer.kind == "linear") {
            int64_t inputs = 1;
            for (auto length : current) inputs *= length;
            parameter(layer.weight, {n[0], inputs}, inputs);
            parameter(layer.bias, {n[0]}, inputs);
            current = {n[0]};
        }
        if (layer.weight.defined()) {
            parameters.push_back(layer.weight);
            parameters.push_back(layer.bias);
        }
        layers.push_back(layer);
    }

    void parameter(Tensor& tensor, std::vector<int64_t> sizes, int64_t inputs) const {
        tensor = (torch::rand(sizes, element) * 2 - 1) / std::sqrt(double(inputs));
    }

    Tensor input() const {
        Tensor x = torch::randn({batch, shape[0], shape[1], shape[2]}, element);
        return channelsLast ? x.contiguous(at::MemoryFormat::ChannelsLast) : x;
    }

    Tensor forward(Tensor x) const {
        for (auto& layer : layers) {
            if (layer.kind == "conv") x = torch::conv2d(x, layer.weight, layer.bias, 1, layer.numbers[2]);
            if (layer.kind == "norm") x = torch::batch_norm(x, layer.weight, layer.bias, layer.mean, layer.variance, true, 0.1, 1e-5, false);
            if (layer.kind == "relu") x = x.relu_();
            if (layer.kind == "pool") x = torch::max_pool2d(x, layer.numbers[0]);
            if (layer.kind == "linear") x = torch::linear(x.flatten(1), layer.weight, layer.bias);
        }
        return x;
    }
};

std::function<void()> convolutionStep(ConvolutionalNetwork network) {
    for (auto& parameter : network.parameters) parameter.set_requires_grad(true);
    Tensor x = network.input(), y = torch::arange(network.batch, torch::kLong) % 10;
    return [=] {
        auto gradients = torch::autograd::grad({torch::cross_entropy_loss(network.forward(x), y)}, network.parameters);
        torch::NoGradGuard untracked;
        torch::_foreach_add_(network.parameters, gradients, -network.rate);
    };
}

std::function<void()> convolutionLayer(ConvolutionalNetwork network) {
    for (auto& parameter : network.parameters) parameter.set_requires_grad(true);
    Tensor x = network.input().set_requires_grad(true), upstream = torch::randn_like(network.forward(x).detach());
    std::vector<Tensor> wanted = network.parameters;
    wanted.push_back(x);
    return [=] { torch::autograd::grad({network.forward(x)}, wanted, {upstream}); };
}

// A recurrent layer and a linear one on each of its steps; sequences are [steps, batch, inputs].
struct SequenceNetwork {
    torch::Dtype element = torch::kFloat;
    std::string cell;
    int64_t batch = 0, steps = 0;
    double rate = 0;
    std::vector<int64_t> sizes;
    std::vector<Tensor> recurrent, parameters;
    Tensor weight, bias, h, c;

    explicit SequenceNetwork(std::istream& text) {
        std::string type, shape, size;
        text >> type >> cell >> batch >> steps >> shape >> rate;
        if (!text) throw std::invalid_argument("a recurrent network is: element cell batch steps sizes rate");
        element = type == "float" ? torch::kFloat : torch::kDouble;
        std::istringstream shapes(shape);
        while (std::getline(shapes, size, '-')) sizes.push_back(std::stoll(size));
        int64_t hidden = sizes[1], gates = hidden * (cell == "lstm" ? 4 : cell == "gru" ? 3 : 1);
        recurrent = {uniform({gates, sizes[0]}), uniform({gates, hidden}), uniform({gates}), uniform({gates})};
        weight = uniform({sizes[2], hidden});
        bias = uniform({sizes[2]});
        parameters = recurrent;
        parameters.push_back(weight);
        parameters.push_back(bias);
        h = torch::zeros({1, batch, hidden}, element);
        c = torch::zeros({1, batch, hidden}, element);
    }

    Tensor uniform(std::vector<int64_t> shape) const { return (torch::rand(shape, element) * 2 - 1) / std::sqrt(double(sizes[1])); }

    Tensor input() const { return torch::randn({steps, batch, sizes[0]}, element); }

    Tensor forward(const Tensor& x, bool train) const {
        Tensor y;
        if (cell == "lstm") y = std::get<0>(torch::lstm(x, {h, c}, recurrent, true, 1, 0.0, train, false, false));
        else if (cell == "gru") y = std::get<0>(torch::gru(x, h, recurrent, true, 1, 0.0, train, false, false));
        else y = std::get<0>(torch::rnn_tanh(x, h, recurrent, true, 1, 0.0, train, false, false));
        return torch::linear(y, weight, bias);
    }
};

std::function<void()> sequenceStep(SequenceNetwork network) {
    for (auto& parameter : network.parameters) parameter.set_requires_grad(true);
    Tensor x = network.input(), y = torch::arange(network.steps * network.batch, torch::kLong) % network.sizes[2];
    return [=] {
        Tensor loss = torch::cross_entropy_loss(network.forward(x, true).view({-1, network.sizes[2]}), y);
        auto gradients = torch::autograd::grad({loss}, network.parameters);
        torch::NoGradGuard untracked;
        torch::_foreach_add_(network.parameters, gradients, -network.rate);
    };
}

std::function<void()> sequenceInfer(SequenceNetwork network) {
    Tensor x = network.input();
    return [=] {
        c10::InferenceMode inference;
        network.forward(x, false);
    };
}

// A decoder-only transformer as in text_model.py.
struct TextModel {
    struct Block {
        Tensor norm1, shift1, projection, bias, out, outBias, norm2, shift2, up, upBias, down, downBias;
    };

    int64_t vocabulary = 0, width = 0, heads = 0, count = 0, steps = 0, batch = 0;
    Tensor tokens, positions, norm, shift, head, headBias, hidden;
    std::vector<Block> blocks;
    std::vector<Tensor> parameters;

    explicit TextModel(std::istream& text) {
        std::string type;
        text >> type >> vocabulary >> width >> heads >> count >> steps >> batch;
        if (!text || type != "float") throw std::invalid_argument("a text model is: float vocabulary width heads blocks steps batch");
        tokens = add(torch::randn({vocabulary, width}));
        positions = add(torch::randn({steps, width}));
        for (int64_t i = 0; i < count; i++) {
            blocks.push_back({add(torch::ones(width)), add(torch::zeros(width)), weight(3 * width, width), add(torch::zeros(3 * width)), weight(width, width), add(torch::zeros(width)),
                              add(torch::ones(width)), add(torch::zeros(width)), weight(4 * width, width), add(torch::zeros(4 * width)), weight(width, 4 * width), add(torch::zeros(width))});
        }
        norm = add(torch::ones(width));
        shift = add(torch::zeros(width));
        head = weight(vocabulary, width);
        headBias = add(torch::zeros(vocabulary));
        hidden = torch::triu(torch::ones({steps, steps}, torch::kBool), 1);
    }

    Tensor add(Tensor parameter) {
        parameters.push_back(parameter);
        return parameter;
    }

    Tensor weight(int64_t outputs, int64_t inputs) { return add((torch::rand({outputs, inputs}) * 2 - 1) / std::sqrt(double(inputs))); }

    Tensor attend(const Block& block, const Tensor& x, std::vector<Tensor>* kept) const {
        int64_t n = x.size(0), t = x.size(1);
        auto parts = torch::linear(x, block.projection, block.bias).split(width, 2);
        auto ofHeads = [&](const Tensor& part) { return part.view({n, t, heads, width / heads}).transpose(1, 2); };
        Tensor q = ofHeads(parts[0]), k = ofHeads(parts[1]), v = ofHeads(parts[2]);
        if (kept != nullptr) {
            if (!kept->empty()) {
                k = torch::cat({(*kept)[0], k}, 2);
                v = torch::cat({(*kept)[1], v}, 2);
            }
            *kept = {k, v};
        }
        Tensor scores = torch::matmul(q, k.transpose(2, 3)) / std::sqrt(double(width / heads));
        if (t > 1) scores = scores.masked_fill(hidden.slice(0, 0, t).slice(1, 0, t), -INFINITY);
        return torch::linear(torch::matmul(scores.softmax(3), v).transpose(1, 2).reshape({n, t, width}), block.out, block.outBias);
    }

    Tensor forward(const Tensor& indices, int64_t first = 0, std::vector<std::vector<Tensor>>* kept = nullptr) const {
        Tensor x = torch::embedding(tokens, indices) + positions.slice(0, first, first + indices.size(1));
        for (size_t i = 0; i < blocks.size(); i++) {
            const Block& block = blocks[i];
            x = x + attend(block, torch::layer_norm(x, {width}, block.norm1, block.shift1), kept == nullptr ? nullptr : &(*kept)[i]);
            Tensor inner = torch::gelu(torch::linear(torch::layer_norm(x, {width}, block.norm2, block.shift2), block.up, block.upBias));
            x = x + torch::linear(inner, block.down, block.downBias);
        }
        return torch::linear(torch::layer_norm(x, {width}, norm, shift), head, headBias);
    }
};

std::function<void()> textStep(TextModel model) {
    for (auto& parameter : model.parameters) parameter.set_requires_grad(true);
    Tensor x = torch::randint(model.vocabulary, {model.batch, model.steps}, torch::kLong);
    Tensor y = torch::randint(model.vocabulary, {model.batch * model.steps}, torch::kLong);
    auto update = adamUpdate(model.parameters, 1e-3, 0.01);
    return [=] {
        Tensor loss = torch::cross_entropy_loss(model.forward(x).view({-1, model.vocabulary}), y);
        auto gradients = torch::autograd::grad({loss}, model.parameters);
        torch::NoGradGuard untracked;
        update(gradients);
    };
}

std::function<void()> textForward(TextModel model) {
    Tensor x = torch::randint(model.vocabulary, {model.batch, model.steps}, torch::kLong);
    return [=] {
        c10::InferenceMode inference;
        model.forward(x);
    };
}

std::function<void()> textMade(TextModel model) {
    return [=] {
        c10::InferenceMode inference;
        Tensor token = torch::zeros({1, 1}, torch::kLong);
        std::vector<std::vector<Tensor>> kept(model.blocks.size());
        for (int64_t i = 0; i < model.steps; i++) token = model.forward(token, i, &kept).select(1, -1).argmax(1, true);
    };
}

std::function<void()> prepare(const std::string& text) {
    std::istringstream words(text);
    std::string kind;
    words >> kind;
    c10::InferenceMode plain(kind != "step" && kind != "adam" && kind != "text-step" && kind != "sequence-step" && kind.rfind("conv-", 0) != 0);
    torch::manual_seed(1);
    if (kind == "step") return step(Network(words));
    if (kind == "adam") return adam(Network(words));
    if (kind == "step-by-hand") return stepByHand(Network(words));
    if (kind == "infer") return infer(Network(words));
    if (kind == "conv-step") return convolutionStep(ConvolutionalNetwork(words, false));
    if (kind == "conv-layer") return convolutionLayer(ConvolutionalNetwork(words, false));
    if (kind == "conv-step-channels-last") return convolutionStep(ConvolutionalNetwork(words, true));
    if (kind == "conv-layer-channels-last") return convolutionLayer(ConvolutionalNetwork(words, true));
    if (kind == "sequence-step") return sequenceStep(SequenceNetwork(words));
    if (kind == "sequence-infer") return sequenceInfer(SequenceNetwork(words));
    if (kind == "text-step") return textStep(TextModel(words));
    if (kind == "text-forward") return textForward(TextModel(words));
    if (kind == "text-made") return textMade(TextModel(words));
    throw std::invalid_argument("libtorch has no work named '" + kind + "'");
}

double microseconds(const std::function<void()>& work) {
    auto start = Clock::now();
    work();
    return std::chrono::duration<double, std::micro>(Clock::now() - start).count();
}

// Median of one run: a fifth of the budget warms up, the rest is measured; no budget is one run.
double median(const std::function<void()>& work, double milliseconds) {
    if (milliseconds == 0) return microseconds(work);
    double spent = 0;
    while (spent < milliseconds * 200) spent += microseconds(work);
    std::vector<double> times;
    for (spent = 0; spent < milliseconds * 800 || times.size() < 3; spent += times.back()) times.push_back(microseconds(work));
    auto middle = times.begin() + times.size() / 2;
    std::nth_element(times.begin(), middle, times.end());
    return *middle;
}

int main() {
    std::cout << "ready libtorch " << TORCH_VERSION << std::endl;
    std::string line, verb, text, current;
    std::function<void()> work;
    while (std::getline(std::cin, line)) {
        try {
            std::istringstream words(line);
            double budget = 0;
            words >> verb >> budget >> std::ws;
            std::getline(words, text);
            if (verb != "run") throw std::invalid_argument("unknown verb '" + verb + "'");
            if (text != current) {
                work = prepare(text);
                current = text;
            }
            std::cout << "ok " << median(work, budget) << std::endl;
        } catch (const std::exception& failure) {
            std::string message = failure.what();
            std::cout << "error " << message.substr(0, message.find('\n')) << std::endl;
        }
    }
}
