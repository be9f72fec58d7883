#include <chainsim/base/error.hpp>
#include <chainsim/number/tape.hpp>

#include <utility>

namespace chainsim::number {

namespace {

thread_local Tape* recording = nullptr;
thread_local const Figures* replacing = nullptr;

} // namespace

void Tape::add_parameter(const void* figure, int parameter) { parameters_[figure] = parameter; }

Number Tape::read(const void* figure, double value, double scale) {
    const auto found = parameters_.find(figure);
    if (found == parameters_.end()) {
        return value;
    }
    const auto [input, is_new] =
        inputs_.try_emplace(found->second, static_cast<int>(steps_.size()));
    if (is_new) {
        steps_.push_back({Operation::input, found->second, 0});
    }
    const Number plain(scale == 0.0 ? 0.0 : value / scale, input->second);
    return scale == 1.0 ? Number(value, plain.node())
                        : Number(value, remember(Operation::multiply, plain, scale));
}

int Tape::operand(const Number& one) {
    if (!one.is_constant()) {
        return one.node();
    }
    constants_.push_back(one.value());
    return ~static_cast<int>(constants_.size() - 1);
}

int Tape::remember(Operation operation, const Number& a, const Number& b) {
    const int first = operand(a);
    const int second = operand(b);
    steps_.push_back({operation, first, second});
    return static_cast<int>(steps_.size() - 1);
}

Recording::Recording(Tape& tape) : before_(std::exchange(recording, &tape)) {}

Recording::~Recording() { recording = before_; }

Replacing::Replacing(const Figures& figures) : before_(std::exchange(replacing, &figures)) {}

Replacing::~Replacing() { replacing = before_; }

Number read(const void* figure, double value, double scale) {
    if (recording != nullptr) {
        return recording->read(figure, value, scale);
    }
    if (replacing != nullptr) {
        if (const auto found = replacing->find(figure); found != replacing->end()) {
            return scale * found->second;
        }
    }
    return value;
}

bool is_recording() { return recording != nullptr; }

bool is_plain() { return recording == nullptr && replacing == nullptr; }

int detail::remember(Operation operation, const Number& a, const Number& b) {
    CHAINSIM_EXPECT(recording != nullptr, "a number of a tape is used after its recording");
    return recording->remember(operation, a, b);
}

} // namespace chainsim::number
